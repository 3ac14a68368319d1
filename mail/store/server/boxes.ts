import { type RawBuilder, sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Box, Mailbox } from '../contract.ts'
import { above, foreignName, OTHERS, SHARED } from '../namespaces.ts'
import { may, type Rights } from '../rights.ts'
import { type AccessRow, accessColumns, type Asker, isGiven, rightsIn } from './access.ts'
import { canonicalName, type MailboxRow, mailboxOf, MOST_MAILBOXES } from './mailboxes.ts'

const MOST_FOREIGN = 2_000

/** What means something in names of mailboxes gives way to its full-width form: a level is made of a name and compared, never taken apart. */
const safe = (name: RawBuilder<unknown>): RawBuilder<string> => sql`translate(${name}, '/%*', '／％＊')`

/** The level that stands for account `a` with primary address `p`: the login of a person, the name of others, with the address where two have one name. */
const LEVEL = sql<string>`case when a.kind = 'person' then ${safe(sql`coalesce(a.login, p.address, a.id::text)`)}
  else ${safe(sql`a.name`)} || case when exists (select from mail_account o where o.kind <> 'person' and o.id <> a.id and ${safe(sql`o.name`)} = ${safe(sql`a.name`)}) then '（' || coalesce(p.address, a.id::text) || '）' else '' end end`
const ACCOUNT = sql`mail_account a left join mail_address p on p.account_id = a.id and p.is_primary`

type InsideRow = MailboxRow & AccessRow
type ForeignRow = InsideRow & { readonly level: string; readonly kind: AccountKind; readonly owner: string; readonly wanted: boolean | null }
type AccountKind = 'person' | 'organisation' | 'shared'

/** A mailbox under the name that its own account gives it. */
export type InsideBox = Mailbox & { readonly rights: Rights; /** How many lines of its list there are. */ readonly said: number }
/** One of another account, with the name of that account. */
export type NamedBox = InsideBox & { readonly kind: AccountKind; readonly owner: string }

const insideBox = (row: InsideRow): InsideBox => ({ ...mailboxOf(row), rights: rightsIn(row), said: row.grants?.length ?? 0 })
const ownBox = (row: InsideRow): Box => ({ ...insideBox(row), root: null })

/** Special uses are told of one's own mailboxes only; those read by office are subscribed to from the start. */
function foreignBox(row: ForeignRow): Box {
  const root = `${row.kind === 'person' ? OTHERS : SHARED}/${row.level}`
  return { ...insideBox(row), name: `${root}/${row.name}`, special: null, subscribed: row.wanted ?? row.standing !== 'other', root }
}

const visible = ({ rights }: Pick<InsideBox, 'rights'>): boolean => may(rights, 'l')

const insideRows = (asker: Asker, accountId: RawBuilder<unknown>, which: RawBuilder<unknown> = sql`true`): RawBuilder<InsideRow> => sql`
  select m.*, ${accessColumns(asker)} from mail_mailbox m where m.account_id = ${accountId} and ${which} order by m.name <> 'INBOX', m.name limit ${MOST_MAILBOXES}`

const foreignRows = (asker: Asker, which: RawBuilder<unknown> = isGiven(asker)): RawBuilder<ForeignRow> => sql`
  select m.*, ${accessColumns(asker)}, a.kind, a.name as owner, ${LEVEL} as level, s.subscribed as wanted
  from ${ACCOUNT} join mail_mailbox m on m.account_id = a.id left join mail_subscription s on s.mailbox_id = m.id and s.account_id = ${asker.account}
  where a.id is distinct from ${asker.account} and a.status <> 'off' and ${which} order by a.kind <> 'person', level, m.name <> 'INBOX', m.name limit ${MOST_FOREIGN}`

/** Mailboxes of an account that somebody may see. */
export async function boxesOf(ctx: ServerContext, asker: Asker, accountId: string): Promise<readonly InsideBox[]> {
  return (await insideRows(asker, sql`${accountId}`).execute(ctx.db())).rows.map(insideBox).filter(visible)
}

/** Mailboxes of other accounts that somebody may see. */
export async function foreignBoxes(ctx: ServerContext, asker: Asker): Promise<readonly NamedBox[]> {
  const { rows } = await foreignRows(asker).execute(ctx.db())
  return rows.map((row) => ({ ...insideBox(row), kind: row.kind, owner: row.owner })).filter(visible)
}

/** Mailboxes that an account may see under the names they have for it: its own, INBOX first, then those of others. */
export async function listBoxes(ctx: ServerContext, asker: Asker): Promise<readonly Box[]> {
  const [own, foreign] = [await insideRows(asker, asker.account).execute(ctx.db()), await foreignRows(asker).execute(ctx.db())]
  return [...own.rows.map(ownBox), ...foreign.rows.map(foreignBox)].filter(visible)
}

/** Accounts behind a level, found by login, address or name before their levels are made. */
const behind = (space: string, level: string): RawBuilder<unknown> =>
  space === OTHERS
    ? sql`a.kind = 'person' and a.id in (select id from mail_account where login in (${level}, translate(${level}, '／％＊', '/%*')) union select account_id from mail_address where address = ${level}) and ${LEVEL} = ${level}`
    : sql`a.kind <> 'person' and ${safe(sql`a.name`)} in (${level}, ${level.replace(/（[^（]*）$/, '')}) and ${LEVEL} = ${level}`

/** The mailbox that an account knows by a name; null as well when it may not see it. One's own come first: a folder may be older than the names of others. */
export async function findBox(ctx: ServerContext, asker: Asker, name: string): Promise<Box | null> {
  const { rows } = await insideRows(asker, asker.account, sql`m.name = ${canonicalName(name)}`).execute(ctx.db())
  const foreign = rows.length > 0 ? null : foreignName(name)
  const others = foreign === null ? [] : (await foreignRows(asker, sql`${behind(foreign.space, foreign.level)} and m.name = ${canonicalName(foreign.rest)}`).execute(ctx.db())).rows
  return [...rows.map(ownBox), ...others.map(foreignBox)].find(visible) ?? null
}

/** Where a new name leads: the account, the name there, and rights to the nearest mailbox above it, or to the account. Null when there is no such account. */
export async function targetOf(ctx: ServerContext, asker: Asker, name: string): Promise<{ readonly accountId: string; readonly name: string; readonly rights: Rights } | null> {
  const foreign = foreignName(name)
  const inside = canonicalName(foreign === null ? name : foreign.rest)
  const which = foreign === null ? sql`a.id = ${asker.account}` : sql`a.id <> ${asker.account} and ${behind(foreign.space, foreign.level)}`
  const { rows } = await sql<AccessRow & { owner: string }>`
    select a.id as owner, ${accessColumns(asker, sql`a.id`)} from ${ACCOUNT}
    left join lateral (select * from mail_mailbox b where b.account_id = a.id and b.name = any(${above(inside)}::text[]) order by length(b.name) desc limit 1) m on true
    where a.status <> 'off' and ${which}`.execute(ctx.db())
  return rows[0] === undefined ? null : { accountId: rows[0].owner, name: inside, rights: rightsIn(rows[0]) }
}
