import { type RawBuilder, sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { type Grant, type Rights, rightsOf, type Standing, type Viewer } from '../rights.ts'

/** Somebody whose rights are asked for, as parts of a statement: her account and herself, each null when there is none. */
export type Asker = { readonly account: RawBuilder<string | null>; readonly person: RawBuilder<string | null> }

export const askingAccount = (id: string): Asker => ({ account: sql`${id}::uuid`, person: sql`(select v.owner_id from mail_account v where v.id = ${id}::uuid and v.kind = 'person')` })
export const askingPerson = (id: string): Asker => ({ account: sql`(select v.id from mail_account v where v.kind = 'person' and v.owner_id = ${id}::uuid)`, person: sql`${id}::uuid` })

export type AccessRow = { readonly viewer: string | null; readonly standing: Standing; readonly units: readonly string[] | null; readonly grants: readonly Grant[] | null }

/** What rights to the mailbox `m` of an account are found from. */
export const accessColumns = ({ account, person }: Asker, owner: RawBuilder<unknown> = sql`m.account_id`): RawBuilder<AccessRow> => sql`
  ${account} as viewer,
  case when ${owner} = ${account} then 'owner' else coalesce((select case when r.may_send then 'writer' else 'reader' end from mail_account_right r where r.account_id = ${owner} and r.person_id = ${person}), 'other') end as standing,
  (select array_agg(u.unit_id) from mail_unit_member u where u.account_id = ${account}) as units,
  (select jsonb_agg(jsonb_build_object('subject', c.subject, 'negative', c.negative, 'rights', c.rights)) from mail_mailbox_acl c where c.mailbox_id = m.id) as grants`

const viewerIn = ({ viewer, standing, units }: AccessRow): Viewer => ({ account: viewer, standing, units: units ?? [] })
export const rightsIn = (row: AccessRow): Rights => rightsOf(viewerIn(row), row.grants ?? [])

/** Whether anything is given in the mailbox `m` to somebody whose own it is not: what a look at all rights begins with. Found from what is given, of which there is less than of mailboxes. */
export const isGiven = ({ account, person }: Asker): RawBuilder<boolean> => sql`m.id in (
  select c.mailbox_id from mail_mailbox_acl c where not c.negative
    and c.subject = any(array(select 'anyone' union all select 'account:' || ${account} union all select 'unit:' || u.unit_id from mail_unit_member u where u.account_id = ${account}))
  union select b.id from mail_account_right r join mail_mailbox b on b.account_id = r.account_id where r.person_id = ${person})`

/** Rights to a mailbox as they are now, none when its account is switched off; null when it is gone. */
export async function rightsTo(ctx: ServerContext, asker: Asker, mailboxId: number): Promise<Rights | null> {
  const { rows } = await sql<AccessRow & { off: boolean }>`select a.status = 'off' as off, ${accessColumns(asker)} from mail_mailbox m join mail_account a on a.id = m.account_id where m.id = ${mailboxId}`.execute(ctx.db())
  const [row] = rows
  return row === undefined ? null : row.off ? '' : rightsIn(row)
}
