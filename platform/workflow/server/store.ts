import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Database } from '#platform/db/server/database.ts'
import type { Ir } from '../core/ir.ts'
import { effectiveIr } from '../core/overlay.ts'
import { tableNames } from '../core/state.ts'
import type { CaseRow, Change, Changes, State, TableName, Task, WorkflowEvent } from '../core/state.ts'
import { archivedRows, bringBack } from './history/rows.ts'

/** A case as stored: its rows, and the record it is about. */
export interface StoredCase {
  readonly state: State
  readonly entity: string
  readonly recordId: string
}

const TABLES: Readonly<Record<TableName, string>> = {
  scopes: 'workflow_live', tokens: 'workflow_live', arrivals: 'workflow_live', variables: 'workflow_live', subscriptions: 'workflow_live',
  tasks: 'workflow_task', actors: 'workflow_actor', readings: 'workflow_reading', timers: 'workflow_timer',
}

const isLive = (name: TableName): boolean => TABLES[name] === 'workflow_live'

interface RowRead {
  readonly kind: TableName
  readonly id: string
  readonly data: unknown
}

/** All rows of a case as one JSON list. */
const rowsOf = (caseId: string): RawBuilder<unknown> => {
  const own = tableNames.filter((name) => !isLive(name)).map((name) => sql`select ${sql.lit(name)} as kind, id::text, data from ${sql.table(TABLES[name])} where case_id = ${caseId}`)
  const parts = [sql`select kind, id::text, data from workflow_live where case_id = ${caseId}`, ...own, archivedRows(caseId)]
  return sql`(select coalesce(json_agg(r), '[]') from (${sql.join(parts, sql` union all `)}) r)`
}

function assemble(row: CaseRow, rows: readonly RowRead[]): State {
  const tables = Object.fromEntries(tableNames.map((name) => [name, {} as Record<string, unknown>]))
  for (const { kind, id, data } of rows) (tables[kind] ??= {})[id] = data
  return { case: row, ...tables } as unknown as State
}

interface CaseRead {
  readonly entity: string
  readonly record_id: string
  readonly data: CaseRow
  readonly rows: readonly RowRead[]
  readonly current: boolean
  readonly archived: boolean
}

/**
 * Reads a case in one round trip; with `lock` its root row stays locked until the end of the command, which puts all commands on one case in a row.
 * Undefined when there is no such case. Whoever had to wait for the lock sees the root row as it is now and the others as they were when the
 * waiting began: every command writes the root row, so its version tells, and the rows are read again. A case in the history comes back with the lock.
 */
export async function readCase(ctx: ServerContext, caseId: string, options: { lock?: boolean } = {}): Promise<StoredCase | undefined> {
  const lock = options.lock === true ? sql`for update` : sql``
  const { rows: [head] } = await sql<CaseRead>`
    select entity, record_id, data, archived, ${rowsOf(caseId)} as rows, c.xmin = (select xmin from workflow_case where id = ${caseId}) as current
    from workflow_case c where id = ${caseId} ${lock}`.execute(ctx.db())
  if (head === undefined) return undefined
  const rows = head.current ? head.rows : (await sql<Pick<CaseRead, 'rows'>>`select ${rowsOf(caseId)} as rows`.execute(ctx.db())).rows[0]?.rows
  if (options.lock === true && head.archived) await bringBack(ctx.db(), caseId)
  return { state: assemble(head.data, rows ?? []), entity: head.entity, recordId: head.record_id }
}

/** Compiled flows never change, so each is read once by a process. */
const irs = new Map<string, Ir>()

export async function readIr(ctx: ServerContext, hash: string): Promise<Ir> {
  const known = irs.get(hash)
  if (known !== undefined) return known
  const { rows } = await sql<{ ir: Ir }>`select ir from workflow_definition where hash = ${hash}`.execute(ctx.db())
  if (rows[0] === undefined) throw new Error(`no flow has the hash ${hash}`)
  irs.set(hash, rows[0].ir)
  return rows[0].ir
}

/** The flow as a case has it, with what was added to it and skipped in it (自由流). */
export const irOfCase = async (ctx: ServerContext, { ir, overlay }: Pick<CaseRow, 'ir' | 'overlay'>): Promise<Ir> => effectiveIr(await readIr(ctx, ir), overlay)

export async function saveIrs(db: Database, irs: readonly { readonly hash: string; readonly entity: string; readonly ir: Ir }[]): Promise<void> {
  await sql`
    insert into workflow_definition (hash, entity, ir)
    select hash, entity, ir from jsonb_to_recordset(${JSON.stringify(irs)}::jsonb) as d(hash text, entity text, ir jsonb) on conflict do nothing`.execute(db)
}

const time = (instant: number | null): Date | null => (instant === null ? null : new Date(instant))

/** What a case is about, and whose it is. */
export interface About extends Pick<StoredCase, 'entity' | 'recordId'> {
  readonly organisationId: string
  readonly unitId: string
}

const written = (row: CaseRow, { entity, recordId, organisationId, unitId }: About): RawBuilder<unknown> => sql`
  insert into workflow_case (id, entity, record_id, organisation_id, unit_id, ir, status, initiator_id, started_at, ended_at, data)
  values (${row.id}, ${entity}, ${recordId}, ${organisationId}, ${unitId}, ${row.ir}, ${row.status}, ${row.initiator.person}, ${time(row.startedAt)}, ${time(row.endedAt)}, ${JSON.stringify(row)}::jsonb)
  on conflict (id) do update set (organisation_id, unit_id, ir, status, ended_at, data) = (excluded.organisation_id, excluded.unit_id, excluded.ir, excluded.status, excluded.ended_at, excluded.data)`

interface Put {
  readonly kind: TableName
  readonly id: string
  readonly data: unknown
}

function upsert(caseId: string, table: string, rows: readonly Put[]): RawBuilder<unknown> {
  const from = sql`from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(kind text, id text, data jsonb)`
  if (table === 'workflow_live') {
    return sql`insert into workflow_live (case_id, kind, id, data) select ${caseId}::uuid, r.kind, r.id, r.data ${from} on conflict (case_id, kind, id) do update set data = excluded.data`
  }
  if (table === 'workflow_timer') {
    return sql`insert into workflow_timer (case_id, id, at, data) select ${caseId}::uuid, r.id, to_timestamp((r.data->>'at')::double precision / 1000), r.data ${from}
      on conflict (case_id, id) do update set (at, data, attempts, dead, error) = (excluded.at, excluded.data, 0, false, null)`
  }
  return sql`insert into ${sql.table(table)} (case_id, id, data) select ${caseId}::uuid, r.id, r.data ${from} on conflict (case_id, id) do update set data = excluded.data`
}

/** Steps that are over, for statistics; the initiator's own step begins and ends with the case. */
const finished = (caseId: string, { entity, organisationId, unitId }: About, rows: readonly Put[]): RawBuilder<unknown> => sql`
  insert into workflow_step (case_id, task_id, entity, node, name, organisation_id, unit_id, status, closed_at, hours, late)
  select ${caseId}::uuid, r.id::int, ${entity}, r.data->>'node', r.data->>'name', ${organisationId}::uuid, ${unitId}::uuid, r.data->>'status', to_timestamp((r.data->>'closedAt')::double precision / 1000),
    ((r.data->>'closedAt')::double precision - (r.data->>'openedAt')::double precision) / 3600000, coalesce((r.data->>'closedAt')::bigint > (r.data->>'due')::bigint, false)
  from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, data jsonb)
  on conflict (case_id, task_id) do update set (node, name, status, closed_at, hours, late) = (excluded.node, excluded.name, excluded.status, excluded.closed_at, excluded.hours, excluded.late)`

const isOver = ({ kind, data }: Put): boolean => kind === 'tasks' && (data as Task).closedAt !== null && (data as Task).why !== 'start'

function deleted(caseId: string, name: TableName, ids: readonly string[]): RawBuilder<unknown> {
  const where = isLive(name) ? sql`case_id = ${caseId} and kind = ${name}` : sql`case_id = ${caseId}`
  return sql`delete from ${sql.table(TABLES[name])} where ${where} and id = any(${ids})`
}

const appended = (caseId: string, events: readonly WorkflowEvent[]): RawBuilder<unknown> => sql`
  insert into workflow_event (case_id, seq, at, kind, data)
  select ${caseId}::uuid, (e->>'seq')::int, to_timestamp((e->>'at')::double precision / 1000), e->>'kind', e from jsonb_array_elements(${JSON.stringify(events)}::jsonb) e`

/** Writes what one step changed, in one statement: no row is both dropped and put, so the order of its parts does not matter. */
export async function writeChanges(ctx: ServerContext, about: About, changes: Changes, events: readonly WorkflowEvent[]): Promise<void> {
  const caseId = changes.case.id
  const touched = tableNames.flatMap((name) => (changes[name] === undefined ? [] : [{ name, change: changes[name] as Change<unknown> }]))
  const puts = touched.flatMap(({ name, change }) => Object.entries(change.put).map(([id, data]): Put => ({ kind: name, id, data })))
  const over = puts.filter(isOver)
  const parts = [
    written(changes.case, about),
    ...(over.length > 0 ? [finished(caseId, about, over)] : []),
    ...touched.flatMap(({ name, change: { drop } }) => (drop.length > 0 ? [deleted(caseId, name, drop)] : [])),
    ...[...Map.groupBy(puts, ({ kind }) => TABLES[kind])].map(([table, rows]) => upsert(caseId, table, rows)),
    ...(events.length > 0 ? [appended(caseId, events)] : []),
  ]
  const named = parts.map((part, index) => sql`${sql.ref(`part${index}`)} as (${part})`)
  await sql`with ${sql.join(named)} select`.execute(ctx.db())
}

export async function readEvents(ctx: ServerContext, caseId: string): Promise<readonly WorkflowEvent[]> {
  const { rows } = await sql<{ data: WorkflowEvent }>`select data from workflow_event where case_id = ${caseId} order by seq`.execute(ctx.db())
  return rows.map(({ data }) => data)
}

/** The record a case is about; 404 `workflow.task.unknown` when there is no such case. */
export async function readHead(ctx: ServerContext, caseId: string): Promise<Pick<StoredCase, 'entity' | 'recordId'>> {
  const { rows } = await sql<{ entity: string; record_id: string }>`select entity, record_id from workflow_case where id = ${caseId}`.execute(ctx.db())
  return rows[0] === undefined ? ctx.fail('workflow.task.unknown') : { entity: rows[0].entity, recordId: rows[0].record_id }
}
