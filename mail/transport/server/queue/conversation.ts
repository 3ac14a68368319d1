import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '#platform/db/server/database.ts'
import type { DomainLimit } from '../../contract.ts'
import { claim, dueDomain, type Group } from './claim.ts'
import { limitOf } from './limits.ts'
import { paceOf } from './pace.ts'

/** One of the conversations a domain may have, in the hands of this process. */
export type Conversation = { readonly holder: string; readonly limit: DomainLimit }

type Claiming = { readonly now: Date; readonly leaseMs: number }

/**
 * Opens a conversation with the domain whose mail has waited longest, if it may have one more, and takes a first message in hand. Null when nothing is due, or
 * when another process was quicker: the next round looks again.
 */
export function openConversation(db: Database, { now, leaseMs }: Claiming): Promise<{ readonly conversation: Conversation; readonly group: Group } | null> {
  return orNothing(db, async (tx) => {
    const domain = await dueDomain(tx, now)
    if (domain === null) return null
    const conversation = { holder: randomUUID(), limit: await limitOf(tx, domain) }
    if (!(await takeTurn(tx, conversation.limit, now))) return null
    const group = await claim(tx, { now, leaseMs, domain })
    return group !== null && (await takeSlot(tx, conversation, now, leaseMs)) ? { conversation, group } : null
  })
}

/** Runs in a transaction, which is undone when it comes to nothing. */
async function orNothing<T>(db: Database, run: (tx: Database) => Promise<T | null>): Promise<T | null> {
  const tx = await db.startTransaction().execute()
  try {
    const result = await run(tx)
    await (result === null ? tx.rollback() : tx.commit()).execute()
    return result
  } catch (error) {
    await tx.rollback().execute()
    throw error
  }
}

/** A further message of the same domain; null when none is due or its pace makes it wait. */
export function continueConversation(db: Database, { limit }: Conversation, { now, leaseMs }: Claiming): Promise<Group | null> {
  if (limit.perMinute === null) return claim(db, { now, leaseMs, domain: limit.domain })
  return orNothing(db, async (tx) => ((await takeTurn(tx, limit, now)) ? claim(tx, { now, leaseMs, domain: limit.domain }) : null))
}

/** The turn of one message at the pace of its domain; false when it has to wait. */
async function takeTurn(db: Database, { domain, perMinute }: DomainLimit, now: Date): Promise<boolean> {
  if (perMinute === null) return true
  const { everyMs, aheadMs } = paceOf(perMinute)
  const { rows } = await sql`
    insert into mail_domain_pace as p (domain, ideal_at, open_at) values (${domain}, ${now}::timestamptz + make_interval(secs => ${everyMs / 1000}), ${now}::timestamptz + make_interval(secs => ${(everyMs - aheadMs) / 1000}))
    on conflict (domain) do update set
      ideal_at = greatest(p.ideal_at, ${now}) + make_interval(secs => ${everyMs / 1000}), open_at = greatest(p.ideal_at, ${now}) + make_interval(secs => ${(everyMs - aheadMs) / 1000})
    where p.open_at <= ${now} returning domain`.execute(db)
  return rows.length > 0
}

/** The first free one of a domain's conversations; false when all are taken. */
async function takeSlot(db: Database, { holder, limit: { domain, conversations } }: Conversation, now: Date, leaseMs: number): Promise<boolean> {
  const { rows } = await sql`
    insert into mail_conversation as c (domain, slot, holder, lease_until)
    select ${domain}, slot, ${holder}, ${new Date(now.getTime() + leaseMs)} from generate_series(1, ${conversations}::int) as free(slot)
      where not exists (select from mail_conversation b where b.domain = ${domain} and b.slot = free.slot and b.lease_until >= ${now}) order by slot limit 1
    on conflict (domain, slot) do update set holder = excluded.holder, lease_until = excluded.lease_until where c.lease_until < ${now} returning slot`.execute(db)
  return rows.length > 0
}

/** Keeps conversations in hand. */
export async function renewConversations(db: Database, holders: readonly string[], until: Date): Promise<void> {
  if (holders.length > 0) await sql`update mail_conversation set lease_until = ${until} where holder = any(${[...holders]}::uuid[])`.execute(db)
}

export async function closeConversation(db: Database, { holder }: Conversation): Promise<void> {
  await sql`delete from mail_conversation where holder = ${holder}`.execute(db)
}
