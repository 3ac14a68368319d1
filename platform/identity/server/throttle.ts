import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { IdentitySettings, ThrottleRule } from '../settings.ts'

/** One counter: what it counts, and by which rule. */
interface Counter {
  readonly key: string
  readonly rule: ThrottleRule
}

export interface Attempt {
  /** Account id, or the typed text when it names no single account. */
  readonly subject: string
  readonly network: string
  /** The account was signed in from this network before. */
  readonly known: boolean
}

const keyOf = (...parts: readonly string[]): string => createHash('sha256').update(parts.join('\n')).digest('hex')

export const accountKey = ({ subject, network }: Attempt): string => keyOf('account', subject, network)

const countersOf = (rules: IdentitySettings['throttle'], attempt: Attempt): Counter[] => [
  { key: accountKey(attempt), rule: rules.account },
  ...(attempt.known ? [] : [{ key: keyOf('strange', attempt.subject), rule: rules.strange }]),
  { key: keyOf('network', attempt.network), rule: rules.network },
]

/** Counts one attempt unless the counter makes us wait; answers the seconds to wait, 0 when the attempt may be made. */
async function count(ctx: ServerContext, { key, rule }: Counter): Promise<number> {
  // Free attempts block nothing at all: a request that came a moment earlier but is counted later must not meet the time of this one.
  const until = sql`case when t.attempts < ${rule.free} then '-infinity'
    else ${ctx.now}::timestamptz + make_interval(secs => least(${rule.longestWait}::float8, ${rule.firstWait} * 2.0 ^ least(t.attempts - ${rule.free}, 20))) end`
  const db = ctx.db()
  await sql`
    insert into identity_throttle (key, attempts, at, blocked_until) values (${key}, 0, ${ctx.now}, '-infinity') on conflict do nothing`.execute(db)
  const { rows: counted } = await sql`
    update identity_throttle set attempts = t.attempts, at = ${ctx.now}, blocked_until = ${until}
    from (
      select key, case when at < ${ctx.now}::timestamptz - make_interval(secs => ${rule.windowSeconds}) then 1 else attempts + 1 end as attempts
      from identity_throttle where key = ${key} and blocked_until <= ${ctx.now} for update
    ) t where identity_throttle.key = t.key returning 1`.execute(db)
  if (counted.length > 0) return 0
  const { rows } = await sql<{ seconds: number }>`
    select greatest(1, ceil(extract(epoch from blocked_until - ${ctx.now}::timestamptz)))::integer as seconds from identity_throttle where key = ${key}`.execute(db)
  return rows[0]?.seconds ?? 1
}

/** Counts an attempt before its password is looked at. Answers the seconds to wait; the attempt may be made when it is 0. */
export async function reserve(ctx: ServerContext, rules: IdentitySettings['throttle'], attempt: Attempt): Promise<number> {
  for (const counter of countersOf(rules, attempt)) {
    const seconds = await count(ctx, counter)
    if (seconds > 0) return seconds
  }
  return 0
}

/** After the right password the account starts afresh from this network, and its attempt burdens the network no longer. */
export async function release(ctx: ServerContext, rules: IdentitySettings['throttle'], attempt: Attempt): Promise<void> {
  const [account, ...others] = countersOf(rules, attempt).map(({ key }) => key)
  await sql`delete from identity_throttle where key = ${account ?? ''}`.execute(ctx.db())
  await sql`update identity_throttle set attempts = greatest(0, attempts - 1) where key = any(${others}::text[])`.execute(ctx.db())
}
