import { type RawBuilder, sql } from 'kysely'
import { Audit } from '#platform/audit/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import type { AclLine } from '../contract.ts'
import { ALL_RIGHTS, type Grant, type Rights, rightsOf, type Subject } from '../rights.ts'
import { resolveAddress } from './addresses.ts'
import { countMailboxes, lockMailboxes } from './mailboxes.ts'
import { bumpBesides } from './touch.ts'
import { syncUnits } from './units.ts'

const UNIT = /^\$unit:([0-9a-f]{8}-[0-9a-f-]{27})$/i

/** Of whom something is said, and whether it takes away. */
export type Named = Pick<Grant, 'subject' | 'negative'>

const ofAccount = (id: string): Subject => `account:${id}`

/** Whom a client means: `anyone`, `$unit:<id>`, an account by login or address; with `-` in front what is taken away. Null when there is nobody of that name. */
export async function readIdentifier(ctx: ServerContext, written: string): Promise<Named | null> {
  const negative = written.startsWith('-')
  const name = (negative ? written.slice(1) : written).trim()
  const unit = UNIT.exec(name)?.[1]?.toLowerCase()
  if (name === 'anyone') return { subject: 'anyone', negative }
  if (unit !== undefined) return (await ctx.use(Org).unit(unit)) === undefined ? null : { subject: `unit:${unit}`, negative }
  const { rows } = await sql<{ id: string }>`select id from mail_account where login = lower(${name})`.execute(ctx.db())
  const id = rows[0]?.id ?? (await resolveAddress(ctx, name))?.accountId
  return id === undefined ? null : { subject: ofAccount(id), negative }
}

/** How clients are told of a subject; a login that would mean something else gives way to the address. */
const IDENTIFIER: RawBuilder<string> = sql`case when c.subject = 'anyone' then c.subject when starts_with(c.subject, 'unit:') then '$' || c.subject else
  (select case when a.login ~ '^(anyone$|[-$])' then p.address else coalesce(a.login, p.address) end from mail_account a left join mail_address p on p.account_id = a.id and p.is_primary where 'account:' || a.id = c.subject) end`

type Line = Grant & { readonly identifier: string | null }

/** The account of a mailbox and everything that is said of it. */
export async function readGrants(ctx: ServerContext, mailboxId: number): Promise<readonly Line[]> {
  const { rows } = await sql<Line>`select c.subject, c.negative, c.rights, ${IDENTIFIER} as identifier from mail_mailbox_acl c where c.mailbox_id = ${mailboxId} order by c.subject <> 'anyone', c.subject, c.negative`.execute(ctx.db())
  return rows
}

/** Who may do what, the owner first, whatever is said of her. */
export async function aclOf(ctx: ServerContext, mailboxId: number): Promise<readonly AclLine[]> {
  const lines = await readGrants(ctx, mailboxId)
  const { rows } = await sql<{ id: string; identifier: string | null }>`select a.id, ${IDENTIFIER} as identifier from mail_mailbox m join mail_account a on a.id = m.account_id, lateral (select 'account:' || a.id as subject) c where m.id = ${mailboxId}`.execute(ctx.db())
  const owner = rows[0] ?? ctx.fail('mail.mailbox.missing')
  const isOwner = ({ subject, negative }: Named): boolean => subject === ofAccount(owner.id) && !negative
  const own = rightsOf({ account: owner.id, units: [], standing: 'owner' }, lines.filter(isOwner))
  return [{ identifier: owner.identifier ?? owner.id, rights: own }, ...lines.filter((line) => !isOwner(line)).flatMap(({ identifier, negative, rights }) => (identifier === null ? [] : [{ identifier: `${negative ? '-' : ''}${identifier}`, rights }]))]
}

/**
 * Says anew what somebody may do in a mailbox; `change` is given what was said before. Nothing left to say takes the line away. Whoever has the mailbox open hears of it, as the
 * mailbox has changed. Written to the audit.
 */
export async function setGrant(ctx: ServerContext, mailboxId: number, named: Named, change: (before: Rights) => Rights | null): Promise<void> {
  const box = (await lockMailboxes(ctx, [mailboxId])).get(mailboxId) ?? ctx.fail('mail.mailbox.missing')
  const isOwner = named.subject === ofAccount(box.accountId) && !named.negative
  const lines = await readGrants(ctx, mailboxId)
  const line = lines.find(({ subject, negative }) => subject === named.subject && negative === named.negative)
  const before = line?.rights ?? (isOwner ? ALL_RIGHTS : '')
  const after = change(before)
  const isNothing = after === null || (isOwner ? after === ALL_RIGHTS : after === '')
  if (isNothing) await sql`delete from mail_mailbox_acl where mailbox_id = ${mailboxId} and subject = ${named.subject} and negative = ${named.negative}`.execute(ctx.db())
  else
    await sql`insert into mail_mailbox_acl (mailbox_id, subject, negative, rights) values (${mailboxId}, ${named.subject}, ${named.negative}, ${after})
      on conflict (mailbox_id, subject, negative) do update set rights = excluded.rights`.execute(ctx.db())
  if (named.subject.startsWith('unit:') && !isNothing) await syncUnits(ctx, named.subject.slice('unit:'.length))
  if (named.subject.startsWith('account:')) await bumpBesides(ctx, named.subject.slice('account:'.length))
  await countMailboxes(ctx, [{ id: box.id, uidNext: box.uidNext, modseq: box.modseq + 1, messages: 0, unseen: 0, deleted: 0, size: 0 }])
  await ctx.use(Audit).record({ action: 'mail.share', object: { type: 'mail_mailbox', id: String(box.id), title: box.name }, difference: { ...named, before: line?.rights ?? null, after: isNothing ? null : after } })
}
