import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import type { MailAccountWire } from '../api.ts'

type Row = { id: string; kind: MailAccountWire['kind']; name: string; address: string | null; status: string; quota: string; used_size: string; may_send: boolean }

const MOST_ACCOUNTS = 100

/** Accounts the actor may read: her own first, then those she was given rights to. Those switched off are nobody's. */
export async function readableAccounts(ctx: ServerContext): Promise<readonly MailAccountWire[]> {
  const { personId } = actorOf(ctx)
  const { rows } = await sql<Row>`
    select a.id, a.kind, a.name, p.address, a.status, a.quota, a.used_size, r.person_id is null or r.may_send as may_send
    from mail_account a left join mail_address p on p.account_id = a.id and p.is_primary left join mail_account_right r on r.account_id = a.id and r.person_id = ${personId}
    where ((a.kind = 'person' and a.owner_id = ${personId}) or r.person_id is not null) and a.status <> 'off'
    order by r.person_id is not null, a.kind, a.name, a.id limit ${MOST_ACCOUNTS}`.execute(ctx.db())
  return rows.map((row) => ({ id: row.id, kind: row.kind, name: row.name, address: row.address ?? '', kept: row.status === 'kept', quota: Number(row.quota), used: Number(row.used_size), maySend: row.may_send }))
}

/** Whose folder it is, if the actor may read it. Fails with `mail.mailbox.missing` or `mail.account.forbidden`. */
export async function readableMailbox(ctx: ServerContext, mailboxId: number): Promise<{ readonly accountId: string; readonly special: string | null }> {
  const { personId } = actorOf(ctx)
  const { rows } = await sql<{ accountId: string; special: string | null; may: boolean }>`
    select m.account_id as "accountId", m.special, a.status <> 'off' and ((a.kind = 'person' and a.owner_id = ${personId}) or exists (select from mail_account_right r where r.account_id = a.id and r.person_id = ${personId})) as may
    from mail_mailbox m join mail_account a on a.id = m.account_id where m.id = ${mailboxId}`.execute(ctx.db())
  const [row] = rows
  if (row === undefined) return ctx.fail('mail.mailbox.missing')
  return row.may ? row : ctx.fail('mail.account.forbidden')
}
