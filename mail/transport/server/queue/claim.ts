import { sql } from 'kysely'
import type { Database } from '#platform/db/server/database.ts'
import { placeOf } from '../../../store/server/octets.ts'
import type { Place } from '../../../store/server/octets.ts'
import type { RecipientWish } from '../../contract.ts'
import { closedDomains } from './limits.ts'

/** One recipient in the queue, in the hands of this process. */
export type Row = RecipientWish & { readonly id: string; readonly attempts: number; readonly warned: boolean; readonly createdAt: Date; readonly expiresAt: Date }

/** Recipients of one message at one domain. */
export type Group = {
  readonly submissionId: string
  readonly domain: string
  readonly sender: string
  readonly place: Place
  readonly received: string
  readonly envelopeId: string | null
  readonly returns: 'FULL' | 'HDRS' | null
  readonly utf8: boolean
  readonly rows: readonly Row[]
}

/** Recipients of one conversation. */
const MOST_ROWS = 100

type Claimed = {
  id: string; submission_id: string; domain: string; sender: string; recipient: string; notify: RecipientWish['notify']; original: string | null; attempts: number; warned: boolean
  created_at: Date; expires_at: Date; place: Place; received: string; envelope_id: string | null; returns: 'FULL' | 'HDRS' | null; utf8: boolean
}

const isDue = (now: Date) => sql`state = 'waiting' and due_at <= ${now} and (lease_until is null or lease_until < ${now})`

/** The domain whose mail has been due for longest, of those that may be sent to now. */
export async function dueDomain(db: Database, now: Date): Promise<string | null> {
  const { rows } = await sql<{ domain: string }>`select domain from mail_queue where ${isDue(now)} and domain not in (${closedDomains(now)}) order by due_at limit 1`.execute(db)
  return rows[0]?.domain ?? null
}

/**
 * Takes the recipients of one due message at a domain in hand for `leaseMs`; another process passes over them. With a lease that ran out, because its
 * process died, they are due again.
 */
export async function claim(db: Database, { now, leaseMs, domain }: { readonly now: Date; readonly leaseMs: number; readonly domain: string }): Promise<Group | null> {
  const { rows } = await sql<Claimed>`
    with pick as (
      select submission_id from mail_queue where domain = ${domain} and ${isDue(now)} order by due_at limit 1 for update skip locked),
    due as (
      select q.id from mail_queue q join pick using (submission_id) where domain = ${domain} and ${isDue(now)} order by q.id limit ${MOST_ROWS} for update of q skip locked)
    update mail_queue q set lease_until = ${new Date(now.getTime() + leaseMs)} from due, mail_submission s, mail_message m
    where q.id = due.id and s.id = q.submission_id and m.id = q.message_id
    returning q.id, q.submission_id, q.domain, q.sender, q.recipient, q.notify, q.original, q.attempts, q.warned, q.created_at, q.expires_at, ${placeOf('m')} as place, s.received, s.envelope_id, s.returns, s.utf8`.execute(db)
  const [first] = rows
  if (first === undefined) return null
  return {
    submissionId: first.submission_id, domain: first.domain, sender: first.sender, place: first.place, received: first.received, envelopeId: first.envelope_id, returns: first.returns, utf8: first.utf8,
    rows: rows.map(({ id, recipient, notify, original, attempts, warned, created_at, expires_at }) => ({ id, address: recipient, notify, original, attempts, warned, createdAt: created_at, expiresAt: expires_at })),
  }
}

/** Keeps what is in hand in hand. */
export async function renewLeases(db: Database, ids: readonly string[], until: Date): Promise<void> {
  if (ids.length > 0) await sql`update mail_queue set lease_until = ${until} where id = any(${[...ids]}::bigint[])`.execute(db)
}
