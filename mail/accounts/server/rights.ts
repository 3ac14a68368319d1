import { sql } from 'kysely'
import type { RoleId } from '#kit/access.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'

/** Who reads an organisation's mail by office; the head of the office and the secretary also write in its name. */
const READERS: readonly { readonly role: RoleId; readonly maySend: boolean }[] = [{ role: 'office-head', maySend: true }, { role: 'doc-secretary', maySend: true }, { role: 'mail-clerk', maySend: false }]

type RoleRight = { readonly account_id: string; readonly person_id: string; readonly may_send: boolean }

async function rightsByRole(ctx: ServerContext): Promise<readonly RoleRight[]> {
  const org = ctx.use(Org)
  const { rows } = await sql<{ id: string; owner_id: string }>`select id, owner_id from mail_account where kind = 'organisation' and status = 'active' order by id`.execute(ctx.db())
  const accounts = new Map(rows.map(({ id, owner_id }) => [owner_id, id]))
  const found = new Map<string, RoleRight>()
  const roots = await org.children(null)
  for (const { role, maySend } of READERS) {
    const holders = await Promise.all(roots.map(({ id }) => org.holders(role, id, { below: true })))
    for (const { personId, organisationId } of holders.flat()) {
      const account_id = accounts.get(organisationId)
      const key = `${account_id} ${personId}`
      if (account_id !== undefined) found.set(key, { account_id, person_id: personId, may_send: maySend || found.get(key)?.may_send === true })
    }
  }
  return [...found.values()]
}

/** Rights that come with a role follow it; those given by hand stay. */
export async function syncRoleRights(ctx: ServerContext): Promise<void> {
  const rows = JSON.stringify(await rightsByRole(ctx))
  await sql`
    with wished as (select * from jsonb_to_recordset(${rows}::jsonb) as r(account_id uuid, person_id uuid, may_send boolean))
    delete from mail_account_right r where r.source = 'role' and not exists (select from wished w where w.account_id = r.account_id and w.person_id = r.person_id)`.execute(ctx.db())
  await sql`
    insert into mail_account_right as r (account_id, person_id, may_send, source, granted_at)
    select account_id, person_id, may_send, 'role', ${ctx.now}::timestamptz from jsonb_to_recordset(${rows}::jsonb) as w(account_id uuid, person_id uuid, may_send boolean)
    on conflict (account_id, person_id) do update set may_send = excluded.may_send where r.source = 'role' and r.may_send <> excluded.may_send`.execute(ctx.db())
  await syncSendRights(ctx)
}

/** What a person's own account may send as besides its own addresses: those of the accounts in whose name she writes. */
export async function syncSendRights(ctx: ServerContext): Promise<void> {
  await sql`
    with wished as (
      select own.id as account_id, d.address from mail_account_right r join mail_account own on own.kind = 'person' and own.owner_id = r.person_id and own.status = 'active'
      join mail_account a on a.id = r.account_id and a.status <> 'off' join mail_address d on d.account_id = r.account_id where r.may_send),
    gone as (
      delete from mail_send_right s using mail_address d where d.address = s.address and not exists (select from wished w where w.account_id = s.account_id and w.address = s.address))
    insert into mail_send_right (account_id, address) select account_id, address from wished on conflict do nothing`.execute(ctx.db())
}
