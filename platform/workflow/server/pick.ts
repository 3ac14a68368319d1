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

/** Tasks and parts of the latest cases, whether they still run or are in the history. */
const parts = sql`
  select c.id, c.started_at, t.data as task, a.data as part from c join workflow_task t on t.case_id = c.id join workflow_actor a on a.case_id = c.id and a.data->>'task' = t.id where not c.archived
  union all select c.id, c.started_at, t.data, a.data from c join workflow_history h on h.case_id = c.id,
    jsonb_to_recordset(h.rows) as t(kind text, id text, data jsonb), jsonb_to_recordset(h.rows) as a(kind text, id text, data jsonb)
  where c.archived and t.kind = 'tasks' and a.kind = 'actors' and a.data->>'task' = t.id`

/** Whoever of these had the step last, in the latest cases of the same kind of record. */
async function lastAt(ctx: ServerContext, entity: string, node: string, people: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ person: string }>`
    with c as materialized (select id, started_at, archived from workflow_case where entity = ${entity} order by started_at desc limit ${LOOK_BACK}), p as (${parts})
    select part->'who'->>'person' as person from p where task->>'node' = ${node} and part->'who'->>'person' = any(${people}::text[])
    order by started_at desc, id desc, (task->>'openedAt')::double precision desc, (part->>'id')::int desc limit 1`.execute(ctx.db())
  return rows.map(({ person }) => person)
}

/** Answers the core's question which of many a step is for. */
export async function pickAmong(ctx: ServerContext, record: RuleRecord, node: string, among: Among): Promise<readonly Assigned[]> {
  const people = among.of.map(({ who }) => who.person)
  const open = among.how === 'least-loaded' ? await openWork(ctx, people) : new Map<string, number>()
  const last = among.how === 'rotating' ? await lastAt(ctx, record.entity, node, people) : []
  return pickSome(among, `${record.id} ${node}`, { open, last }).map((one) => ({ ...one, evidence: `${one.evidence}，${evidenceWords[among.how]}` }))
}
