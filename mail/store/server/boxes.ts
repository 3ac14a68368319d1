import { type RawBuilder, sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Box } from '../contract.ts'
import { above, foreignName, OTHERS, SHARED } from '../namespaces.ts'
import { may, type Rights } from '../rights.ts'
import { type AccessRow, accessColumns, askingAccount, isGiven, rightsIn } from './access.ts'
import { canonicalName, type MailboxRow, mailboxOf } from './mailboxes.ts'

const MOST_FOREIGN = 2_000

/** What means something in names of mailboxes gives way to its full-width form: a level is made of a name and compared, never taken apart. */
const safe = (name: RawBuilder<unknown>): RawBuilder<string> => sql`translate(${name}, '/%*', '／％＊')`

/** The level that stands for account `a` with primary address `p`: the login of a person, the name of others, with the address where two have one name. */
const LEVEL = sql<string>`case when a.kind = 'person' then ${safe(sql`coalesce(a.login, p.address, a.id::text)`)}
  else ${safe(sql`a.name`)} || case when exists (select from mail_account o where o.kind <> 'person' and o.id <> a.id and ${safe(sql`o.name`)} = ${safe(sql`a.name`)}) then '（' || coalesce(p.address, a.id::text) || '）' else '' end end`
const ACCOUNT = sql`mail_account a left join mail_address p on p.account_id = a.id and p.is_primary`

type OwnRow = MailboxRow & AccessRow
type ForeignRow = OwnRow & { readonly level: string; readonly kind: string; readonly wanted: boolean | null }

const ownBox = (row: OwnRow): Box => ({ ...mailboxOf(row), rights: rightsIn(row), root: null })

/** Special uses are told of one's own mailboxes only; those read by office are subscribed to from the start. */
function foreignBox(row: ForeignRow): Box {
  const root = `${row.kind === 'person' ? OTHERS : SHARED}/${row.level}`
  return { ...mailboxOf(row), name: `${root}/${row.name}`, special: null, subscribed: row.wanted ?? row.standing !== 'other', rights: rightsIn(row), root }
}

const visible = ({ rights }: Box): boolean => may(rights, 'l')

const ownRows = (accountId: string, which: RawBuilder<unknown>): RawBuilder<OwnRow> => sql`
  select m.*, ${accessColumns(askingAccount(accountId))} from mail_mailbox m where m.account_id = ${accountId} and ${which} order by m.name <> 'INBOX', m.name limit ${MOST_FOREIGN}`

const foreignRows = (accountId: string, which: RawBuilder<unknown>): RawBuilder<ForeignRow> => sql`
  select m.*, ${accessColumns(askingAccount(accountId))}, a.kind, ${LEVEL} as level, s.subscribed as wanted
  from ${ACCOUNT} join mail_mailbox m on m.account_id = a.id left join mail_subscription s on s.mailbox_id = m.id and s.account_id = ${accountId}
  where a.id <> ${accountId} and a.status <> 'off' and ${which} order by a.kind <> 'person', level, m.name <> 'INBOX', m.name limit ${MOST_FOREIGN}`

/** Mailboxes that an account may see: its own, INBOX first, then those of others. */
export async function listBoxes(ctx: ServerContext, accountId: string): Promise<readonly Box[]> {
  const [own, foreign] = [await ownRows(accountId, sql`true`).execute(ctx.db()), await foreignRows(accountId, isGiven(askingAccount(accountId))).execute(ctx.db())]
  return [...own.rows.map(ownBox), ...foreign.rows.map(foreignBox)].filter(visible)
}

/** Accounts behind a level; people are found by their logins, of whom there are many. */
const behind = (space: string, level: string): RawBuilder<unknown> =>
  space === OTHERS
    ? sql`a.kind = 'person' and (a.login in (${level}, translate(${level}, '／％＊', '/%*')) or (a.login is null and p.address = ${level})) and ${LEVEL} = ${level}`
    : sql`a.kind <> 'person' and ${LEVEL} = ${level}`

/** The mailbox that an account knows by a name; null as well when it may not see it. One's own come first: a folder may be older than the names of others. */
export async function findBox(ctx: ServerContext, accountId: string, name: string): Promise<Box | null> {
  const { rows } = await ownRows(accountId, sql`m.name = ${canonicalName(name)}`).execute(ctx.db())
  const foreign = rows.length > 0 ? null : foreignName(name)
  const others = foreign === null ? [] : (await foreignRows(accountId, sql`${behind(foreign.space, foreign.level)} and m.name = ${canonicalName(foreign.rest)}`).execute(ctx.db())).rows
  return [...rows.map(ownBox), ...others.map(foreignBox)].find(visible) ?? null
}

/** Where a new name leads: the account, the name there, and rights to the nearest mailbox above it, or to the account. Null when there is no such account. */
export async function targetOf(ctx: ServerContext, accountId: string, name: string): Promise<{ readonly accountId: string; readonly name: string; readonly rights: Rights } | null> {
  const foreign = foreignName(name)
  const inside = canonicalName(foreign === null ? name : foreign.rest)
  const which = foreign === null ? sql`a.id = ${accountId}` : sql`a.id <> ${accountId} and ${behind(foreign.space, foreign.level)}`
  const { rows } = await sql<AccessRow & { owner: string }>`
    select a.id as owner, ${accessColumns(askingAccount(accountId), sql`a.id`)} from ${ACCOUNT}
    left join lateral (select * from mail_mailbox b where b.account_id = a.id and b.name = any(${above(inside)}::text[]) order by length(b.name) desc limit 1) m on true
    where a.status <> 'off' and ${which}`.execute(ctx.db())
  return rows[0] === undefined ? null : { accountId: rows[0].owner, name: inside, rights: rightsIn(rows[0]) }
}
