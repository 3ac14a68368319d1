import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import type { Among, Assigned } from '../core/context.ts'
import { pickSome } from '../core/pick.ts'
import { evidenceWords } from '../words.ts'

/** How many of the latest cases are looked through. */
const LOOK_BACK = 200

async function openWork(ctx: ServerContext, people: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ person_id: string; n: number }>`
    select person_id, count(*)::int as n from workflow_actor where person_id = any(${people}::uuid[]) and status in ('open', 'waiting', 'standby') group by person_id`.execute(ctx.db())
  return new Map(rows.map((row) => [row.person_id, row.n]))
}

/** Whoever of these had the step last, in the latest cases of the same kind of record. */
async function lastAt(ctx: ServerContext, entity: string, node: string, people: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select a.person_id from (select id, started_at from workflow_case where entity = ${entity} order by started_at desc limit ${LOOK_BACK}) c join workflow_task t on t.case_id = c.id join workflow_actor a on a.case_id = c.id and a.data->>'task' = t.id
    where t.data->>'node' = ${node} and a.person_id = any(${people}::uuid[])
    order by c.started_at desc, c.id desc, (t.data->>'openedAt')::double precision desc, a.id desc limit 1`.execute(ctx.db())
  return rows.map((row) => row.person_id)
}

/** Answers the core's question which of many a step is for. */
export async function pickAmong(ctx: ServerContext, record: RuleRecord, node: string, among: Among): Promise<readonly Assigned[]> {
  const people = among.of.map(({ who }) => who.person)
  const open = among.how === 'least-loaded' ? await openWork(ctx, people) : new Map<string, number>()
  const last = among.how === 'rotating' ? await lastAt(ctx, record.entity, node, people) : []
  return pickSome(among, `${record.id} ${node}`, { open, last }).map((one) => ({ ...one, evidence: `${one.evidence}，${evidenceWords[among.how]}` }))
}
