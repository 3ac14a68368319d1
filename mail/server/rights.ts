import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import type { MailAccountWire } from '../api.ts'
import { may, type Rights } from '../store/rights.ts'
import { type AccessRow, accessColumns, type Asker, askingPerson, rightsIn } from '../store/server/access.ts'

type Row = { id: string; kind: MailAccountWire['kind']; name: string; address: string | null; status: string; quota: string; used_size: string; may_send: boolean }

const MOST_ACCOUNTS = 100

export const asking = (ctx: ServerContext): Asker => askingPerson(actorOf(ctx).personId)

/** Accounts the actor reads as a whole: her own first, then those she was given rights to. Those switched off are nobody's. */
export async function readableAccounts(ctx: ServerContext): Promise<readonly MailAccountWire[]> {
  const { personId } = actorOf(ctx)
  const { rows } = await sql<Row>`
    select a.id, a.kind, a.name, p.address, a.status, a.quota, a.used_size, r.person_id is null or r.may_send as may_send
    from mail_account a left join mail_address p on p.account_id = a.id and p.is_primary left join mail_account_right r on r.account_id = a.id and r.person_id = ${personId}
    where ((a.kind = 'person' and a.owner_id = ${personId}) or r.person_id is not null) and a.status <> 'off'
    order by r.person_id is not null, a.kind, a.name, a.id limit ${MOST_ACCOUNTS}`.execute(ctx.db())
  return rows.map((row) => ({ id: row.id, kind: row.kind, name: row.name, address: row.address ?? '', kept: row.status === 'kept', quota: Number(row.quota), used: Number(row.used_size), maySend: row.may_send, whole: true }))
}

export type Permitted = { readonly id: number; readonly accountId: string; readonly name: string; readonly special: string | null; readonly rights: Rights }

/**
 * A folder and what the actor may do in it, as `rightsOf` says for mail programs too. Fails with `mail.mailbox.missing`, also when she may not see it, or with
 * `mail.mailbox.forbidden` when what is needed is not hers.
 */
export async function permittedMailbox(ctx: ServerContext, mailboxId: number, needed: Rights): Promise<Permitted> {
  const { rows } = await sql<AccessRow & Omit<Permitted, 'id' | 'rights'>>`
    select m.account_id as "accountId", m.name, m.special, ${accessColumns(asking(ctx))} from mail_mailbox m join mail_account a on a.id = m.account_id and a.status <> 'off' where m.id = ${mailboxId}`.execute(ctx.db())
  const [row] = rows
  if (row === undefined || !may(rightsIn(row), 'l')) return ctx.fail('mail.mailbox.missing')
  const rights = rightsIn(row)
  return may(rights, needed) ? { id: mailboxId, accountId: row.accountId, name: row.name, special: row.special, rights } : ctx.fail('mail.mailbox.forbidden')
}
