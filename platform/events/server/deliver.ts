import { sql } from 'kysely'
import type { Database } from '#platform/db/server/database.ts'
import type { Registry } from '#platform/registry/server/registry.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import type { Listener } from '#platform/registry/server/service.ts'
import { backOff, MOST_ATTEMPTS } from './back-off.ts'
import type { EventTables } from './outbox.ts'

interface Delivery {
  readonly id: string
  readonly type: string
  readonly listener: string
  readonly data: unknown
  readonly attempts: number
}

/** Locks the oldest due delivery that no process works on and that no earlier one of its key precedes. */
async function claim(db: Database): Promise<Delivery | undefined> {
  const { rows } = await sql<Delivery>`
    select id, type, listener, data, attempts from events_outbox o
    where dead_at is null and due_at <= now() and (key is null or not exists (
      select 1 from events_outbox e where e.listener = o.listener and e.key = o.key and e.id < o.id and e.dead_at is null))
    order by due_at, id limit 1 for update skip locked`.execute(db)
  return rows[0]
}

function listenerOf(registry: Registry, { type, listener }: Delivery): Listener {
  const found = registry.listeners.get(type)?.find(({ owner }) => owner === listener)
  if (found === undefined) throw new Error(`${listener} does not listen to ${type}`)
  return found.listen
}

/** Guarded by the number of attempts: two processes that failed one after the other count once each. */
async function recordFailure(runtime: Runtime, delivery: Delivery, error: unknown): Promise<void> {
  const attempts = delivery.attempts + 1
  const dead = attempts >= MOST_ATTEMPTS
  const { id, type, listener } = delivery
  runtime.log[dead ? 'error' : 'warn']({ err: error, event: { id, type, listener, attempts } }, dead ? 'event became a dead letter' : 'event was not delivered')
  const text = (error instanceof Error ? error.message : String(error)).slice(0, 2000)
  await sql`update events_outbox set attempts = ${attempts}, error = ${text}, due_at = now() + ${backOff(attempts)} * interval '1 second',
    dead_at = case when ${dead} then now() end where id = ${id} and attempts = ${delivery.attempts}`.execute(runtime.db)
}

/**
 * One attempt at one delivery, in a command of its own: the row's lock, the listener's work and the row's removal share one transaction, so
 * after a crash the delivery is simply due again.
 * @param claimed called once a delivery is in hand, before its listener runs
 * @returns whether there was anything to deliver
 */
export async function deliverNext(runtime: Runtime, claimed: () => void = () => undefined): Promise<boolean> {
  const hand: { delivery?: Delivery | undefined } = {}
  try {
    await runtime.command(null, async (ctx) => {
      hand.delivery = await claim(ctx.db())
      if (hand.delivery === undefined) return
      claimed()
      await listenerOf(runtime.registry, hand.delivery)(ctx, hand.delivery.data)
      await ctx.db<EventTables>().deleteFrom('events_outbox').where('id', '=', hand.delivery.id).execute()
    })
  } catch (error) {
    if (hand.delivery === undefined) throw error
    await recordFailure(runtime, hand.delivery, error)
  }
  return hand.delivery !== undefined
}
