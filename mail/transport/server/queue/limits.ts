import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Database } from '#platform/db/server/database.ts'
import type { DomainLimit } from '../../contract.ts'

/** Stands for all domains without limits of their own. */
export const EVERY_DOMAIN = '*'

/** Until an administrator says otherwise. */
const USUAL = { conversations: 4, perMinute: null } as const

type Row = { domain: string; conversations: number; per_minute: number | null }
const limitOfRow = ({ domain, conversations, per_minute }: Row): DomainLimit => ({ domain, conversations, perMinute: per_minute })

/** The usual limits first, then those of single domains. */
export async function listLimits(ctx: ServerContext): Promise<readonly DomainLimit[]> {
  const { rows } = await sql<Row>`select * from mail_domain_limit order by domain = ${EVERY_DOMAIN} desc, domain limit 1000`.execute(ctx.db())
  return rows[0]?.domain === EVERY_DOMAIN ? rows.map(limitOfRow) : [{ domain: EVERY_DOMAIN, ...USUAL }, ...rows.map(limitOfRow)]
}

/** Changes the limits of a domain, or of all others; conversations under way end by themselves. */
export async function setLimit(ctx: ServerContext, { domain, conversations, perMinute }: DomainLimit): Promise<void> {
  await sql`insert into mail_domain_limit (domain, conversations, per_minute) values (${domain}, ${conversations}, ${perMinute})
    on conflict (domain) do update set conversations = excluded.conversations, per_minute = excluded.per_minute`.execute(ctx.db())
  await forgetPaces(ctx, domain)
}

/** Lets the usual limits hold again. Fails with `mail.limit.missing`. */
export async function removeLimit(ctx: ServerContext, domain: string): Promise<void> {
  const { numAffectedRows } = await sql`delete from mail_domain_limit where domain = ${domain}`.execute(ctx.db())
  if (numAffectedRows === 0n) ctx.fail('mail.limit.missing', { domain })
  await forgetPaces(ctx, domain)
}

/** Who waits for a turn of the old pace need not. */
const forgetPaces = (ctx: ServerContext, domain: string): Promise<unknown> => sql`delete from mail_domain_pace where ${domain} in (domain, ${EVERY_DOMAIN})`.execute(ctx.db())

/** Limits of a domain as they are now. */
export async function limitOf(db: Database, domain: string): Promise<DomainLimit> {
  const { rows } = await sql<Row>`select * from mail_domain_limit where domain in (${domain}, ${EVERY_DOMAIN}) order by domain = ${EVERY_DOMAIN} limit 1`.execute(db)
  return { domain, conversations: rows[0]?.conversations ?? USUAL.conversations, perMinute: rows[0]?.per_minute ?? null }
}

/** Domains to which nothing goes at the moment: with as many conversations as they may have, or whose next message has to wait. */
export const closedDomains = (now: Date) => sql<string>`
  select c.domain from mail_conversation c left join mail_domain_limit own on own.domain = c.domain left join mail_domain_limit usual on usual.domain = ${EVERY_DOMAIN}
    where c.lease_until >= ${now} group by c.domain having count(*) >= max(coalesce(own.conversations, usual.conversations, ${USUAL.conversations}))
  union all select domain from mail_domain_pace where open_at > ${now}`
