import { type RawBuilder, sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { AnnotationChange } from '../../imap/metadata-entries.ts'
import { touch } from './touch.ts'
import type { Annotation, Mailbox } from '../contract.ts'

/** Annotations of one mailbox or of the server, and of an account with their octets: what they take is bounded, not counted in quotas. */
const MOST_HERE = 100
const MOST = 1_000
const MOST_OCTETS = 1_048_576

type Row = { readonly mailbox_id: number | null; readonly entry: string; readonly value: Buffer; readonly version: number }
const annotationOf = ({ mailbox_id: mailboxId, entry, value, version }: Row): Annotation => ({ mailboxId, entry, value, version })

/** What the server says of a mailbox by itself (RFC 6154 4). */
const computed = ({ id, special }: Mailbox): readonly Annotation[] => (special === null ? [] : [{ mailboxId: id, entry: '/private/specialuse', value: Buffer.from(`\\${special}`), version: 0 }])

/** Annotations of mailboxes as a reader sees them: the shared ones of their owners and the reader's private ones. */
const seenBy = (readerId: string, mailboxes: readonly Mailbox[]): RawBuilder<unknown> => sql`
  from mail_metadata d join mail_mailbox m on m.id = d.mailbox_id
  where d.mailbox_id = any(${mailboxes.map(({ id }) => id)}::bigint[]) and d.account_id = case when starts_with(d.entry, '/private/') then ${readerId}::uuid else m.account_id end`

export async function readAnnotations(ctx: ServerContext, readerId: string, mailboxes: readonly Mailbox[]): Promise<readonly Annotation[]> {
  const { rows } = await sql<Row>`select d.mailbox_id::float8 as mailbox_id, d.entry, d.value, d.version::float8 as version ${seenBy(readerId, mailboxes)}`.execute(ctx.db())
  return [...rows.map(annotationOf), ...mailboxes.flatMap(computed)]
}

/** Which annotations a reader sees of mailboxes and of the server, without their values and without what the server says by itself. */
export async function readAnnotated(ctx: ServerContext, readerId: string, mailboxes: readonly Mailbox[]): Promise<readonly Omit<Annotation, 'value'>[]> {
  const { rows } = await sql<Omit<Row, 'value'>>`
    select d.mailbox_id::float8 as mailbox_id, d.entry, d.version::float8 as version ${seenBy(readerId, mailboxes)}
    union all select null, entry, version from mail_metadata where account_id = ${readerId} and mailbox_id is null`.execute(ctx.db())
  return rows.map(({ mailbox_id: mailboxId, entry, version }) => ({ mailboxId, entry, version }))
}

/** Annotations of the server: those a reader has made for himself, and where to turn to (RFC 5464 6.2.2). */
export async function readServerAnnotations(ctx: ServerContext, readerId: string): Promise<readonly Annotation[]> {
  const { rows } = await sql<Row>`
    select null as mailbox_id, entry, value, version::float8 as version from mail_metadata where account_id = ${readerId} and mailbox_id is null
    union all select null, '/shared/admin', convert_to('mailto:postmaster@' || name, 'UTF8'), 0 from mail_domain where is_default`.execute(ctx.db())
  return rows.map(annotationOf)
}

/** Changes annotations of a mailbox, or of the server for null: all of them or none. Fails with `mail.metadata.many` beyond what is kept. */
export async function annotate(ctx: ServerContext, readerId: string, mailbox: Mailbox | null, changes: readonly AnnotationChange[]): Promise<void> {
  // The mailbox first, as everywhere: whoever changes what is in it holds it before the account.
  if (mailbox !== null && (await sql`select from mail_mailbox where id = ${mailbox.id} for key share`.execute(ctx.db())).rows.length === 0) ctx.fail('mail.mailbox.missing')
  const owners = Map.groupBy(changes, ({ entry }) => (entry.startsWith('/private/') || mailbox === null ? readerId : mailbox.accountId))
  for (const [accountId, own] of [...owners].toSorted(([a], [b]) => (a < b ? -1 : 1))) await annotateFor(ctx, accountId, mailbox?.id ?? null, own)
}

async function annotateFor(ctx: ServerContext, accountId: string, mailboxId: number | null, changes: readonly AnnotationChange[]): Promise<void> {
  const { rows: [account] } = await sql<{ version: string }>`update mail_account set changes = changes + 1 where id = ${accountId} returning changes as version`.execute(ctx.db())
  if (account === undefined) ctx.fail('mail.account.missing')
  touch(ctx, { mailboxIds: [], accountIds: [accountId] })
  const here = sql`account_id = ${accountId} and mailbox_id is not distinct from ${mailboxId}::bigint`
  const gone = changes.filter(({ value }) => value === null).map(({ entry }) => entry)
  const kept = changes.flatMap(({ entry, value }) => (value === null ? [] : [{ entry, value: value.toString('base64') }]))
  await sql`delete from mail_metadata where ${here} and entry = any(${gone}::text[])`.execute(ctx.db())
  await sql`
    insert into mail_metadata (account_id, mailbox_id, entry, value, version)
    select ${accountId}, ${mailboxId}, entry, decode(value, 'base64'), ${account?.version} from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as c(entry text, value text)
    on conflict (account_id, mailbox_id, entry) do update set value = excluded.value, version = excluded.version`.execute(ctx.db())
  const { rows: [sums] } = await sql<{ here: number; all: number; octets: string }>`
    select count(*) filter (where ${here})::int as here, count(*)::int as all, coalesce(sum(octet_length(value)), 0) as octets from mail_metadata where account_id = ${accountId}`.execute(ctx.db())
  if (kept.length > 0 && sums !== undefined && (sums.here > MOST_HERE || sums.all > MOST || Number(sums.octets) > MOST_OCTETS)) ctx.fail('mail.metadata.many')
}

/** What renaming INBOX leaves there and brings along (RFC 5464 4.1). */
export async function copyAnnotations(ctx: ServerContext, from: number, to: number): Promise<void> {
  await sql`insert into mail_metadata (account_id, mailbox_id, entry, value, version) select account_id, ${to}::bigint, entry, value, version from mail_metadata where mailbox_id = ${from}`.execute(ctx.db())
}
