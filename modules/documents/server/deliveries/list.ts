import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import { Workflow } from '#platform/workflow/contract.ts'
import type { CaseReading } from '#platform/workflow/contract.ts'
import type { DeliveryWire } from '#modules/documents/incoming/api.ts'
import { mayChange, visibleDispatch } from './rights.ts'
import { deliveriesOf, stateOf } from './table.ts'
import type { DeliveryRow } from './table.ts'

const iso = (date: Date | null): string | null => date?.toISOString() ?? null

const wireOf = (row: DeliveryRow, organisationName: string, readings: readonly CaseReading[]): DeliveryWire => ({
  id: row.id, organisationId: row.organisation_id, organisationName, role: row.role, state: stateOf(row),
  deliveredAt: row.delivered_at.toISOString(), signedAt: iso(row.signed_at), signedBy: row.signed_by_name, returnedAt: iso(row.returned_at), returnReason: row.return_reason,
  recalledAt: iso(row.recalled_at), recallReason: row.recall_reason, doneAt: iso(row.done_at),
  readers: readings.length, read: readings.filter(({ readAt }) => readAt !== null).length, urgedAt: iso(row.urged_at), urged: row.urged,
})

interface IncomingTables {
  documents_incoming: { id: string; case_id: string | null }
}

/** Received document → its case. */
async function casesOf(ctx: ServerContext, rows: readonly DeliveryRow[]): Promise<ReadonlyMap<string, string>> {
  if (rows.length === 0) return new Map()
  const records = await ctx.db<IncomingTables>().selectFrom('documents_incoming').select(['id', 'case_id']).where('id', 'in', rows.map((row) => row.incoming_id)).execute()
  return new Map(records.flatMap(({ id, case_id: caseId }) => (caseId === null ? [] : [[id, caseId] as const])))
}

/** Where an issued document went and how far it is there, main recipients first. */
export async function listDeliveries(ctx: ServerContext, outgoingId: string): Promise<{ items: DeliveryWire[]; may: ('urge' | 'add' | 'recall')[] }> {
  const dispatch = await visibleDispatch(ctx, outgoingId)
  const rows = await deliveriesOf(ctx, outgoingId)
  const cases = await casesOf(ctx, rows)
  const readings = Map.groupBy(await ctx.use(Workflow).readings([...cases.values()]), ({ caseId }) => caseId)
  const names = await ctx.use(Org).names(rows.map((row) => row.organisation_id))
  const items = rows.map((row) => wireOf(row, names[row.organisation_id] ?? '', readings.get(cases.get(row.incoming_id) ?? '') ?? []))
  const waiting = rows.some((row) => stateOf(row) === 'delivered')
  return { items, may: (await mayChange(ctx, dispatch)) ? [...(waiting ? (['urge', 'recall'] as const) : []), 'add'] : [] }
}
