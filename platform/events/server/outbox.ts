import { sql } from 'kysely'
import type { DomainEvent } from '#kit/context.ts'
import type { Database } from '#platform/db/server/database.ts'
import type { Registry } from '#platform/registry/server/registry.ts'

export interface EventTables {
  events_outbox: {
    id: string
    type: string
    /** Service or module that listens. */
    listener: string
    key: string | null
    data: unknown
    created_at: Date
    due_at: Date
    attempts: number
    error: string | null
    dead_at: Date | null
  }
}

/** Channel on which a commit that left events wakes the dispatchers of all processes. */
export const EVENTS_CHANNEL = 'chengming_events'

/** Writes a command's events in its own transaction, once for each listener: they exist exactly when its rows do. */
export async function writeOutbox(tx: Database, registry: Pick<Registry, 'listeners'>, events: readonly DomainEvent[]): Promise<void> {
  const rows = events.flatMap(({ type, data, key = null }) =>
    (registry.listeners.get(type) ?? []).map(({ owner }) => ({ type, listener: owner, key, data: data ?? null })))
  if (rows.length === 0) return
  await sql`insert into events_outbox (type, listener, key, data)
    select e->>'type', e->>'listener', e->>'key', e->'data' from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) with ordinality as x(e, place) order by place`.execute(tx)
  await sql`select pg_notify(${EVENTS_CHANNEL}, '')`.execute(tx)
}
