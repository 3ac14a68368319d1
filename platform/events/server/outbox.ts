import { sql } from 'kysely'
import type { DomainEvent } from '#kit/context.ts'
import type { Database } from '#platform/db/server/database.ts'

export interface EventTables {
  events_outbox: { id: string; type: string; data: unknown; created_at: Date; attempts: number; due_at: Date; error: string | null }
}

/** Channel on which a commit that left events wakes the dispatchers of all processes. */
export const EVENTS_CHANNEL = 'chengming_events'

/** Writes a command's events in its own transaction: they exist exactly when its rows do. */
export async function writeOutbox(tx: Database, events: readonly DomainEvent[]): Promise<void> {
  if (events.length === 0) return
  const rows = JSON.stringify(events.map(({ type, data }) => ({ type, data })))
  await sql`insert into events_outbox (type, data) select e->>'type', e->'data' from jsonb_array_elements(${rows}::jsonb) e`.execute(tx)
  await sql`select pg_notify(${EVENTS_CHANNEL}, '')`.execute(tx)
}
