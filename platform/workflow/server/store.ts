import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Ir } from '../core/ir.ts'
import { tableNames } from '../core/state.ts'
import type { CaseRow, Change, Changes, State, TableName, WorkflowEvent } from '../core/state.ts'

/** A case as stored: its rows, and the record it is about. */
export interface StoredCase {
  readonly state: State
  readonly entity: string
  readonly recordId: string
}

const TABLES: Readonly<Record<TableName, string>> = {
  scopes: 'workflow_live', tokens: 'workflow_live', arrivals: 'workflow_live', variables: 'workflow_live',
  tasks: 'workflow_task', actors: 'workflow_actor', readings: 'workflow_reading', timers: 'workflow_timer',
}

const isLive = (name: TableName): boolean => TABLES[name] === 'workflow_live'

interface RowRead {
  readonly kind: TableName
  readonly id: string
  readonly data: unknown
}

/** All rows of a case in one round trip. */
async function readRows(ctx: ServerContext, caseId: string): Promise<readonly RowRead[]> {
  const own = tableNames.filter((name) => !isLive(name)).map((name) => sql`select ${name}::text as kind, id, data from ${sql.table(TABLES[name])} where case_id = ${caseId}`)
  const parts: RawBuilder<unknown>[] = [sql`select kind, id, data from workflow_live where case_id = ${caseId}`, ...own]
  return (await sql<RowRead>`${sql.join(parts, sql` union all `)}`.execute(ctx.db())).rows
}

function assemble(row: CaseRow, rows: readonly RowRead[]): State {
  const tables = Object.fromEntries(tableNames.map((name) => [name, {} as Record<string, unknown>]))
  for (const { kind, id, data } of rows) (tables[kind] ??= {})[id] = data
  return { case: row, ...tables } as unknown as State
}

/**
 * Reads a case; with `lock` its root row stays locked until the end of the command, which puts all commands on one case in a row.
 * Undefined when there is no such case.
 */
export async function readCase(ctx: ServerContext, caseId: string, options: { lock?: boolean } = {}): Promise<StoredCase | undefined> {
  const lock = options.lock === true ? sql`for update` : sql``
  const { rows } = await sql<{ entity: string; record_id: string; data: CaseRow }>`select entity, record_id, data from workflow_case where id = ${caseId} ${lock}`.execute(ctx.db())
  const [head] = rows
  return head === undefined ? undefined : { state: assemble(head.data, await readRows(ctx, caseId)), entity: head.entity, recordId: head.record_id }
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

export async function saveIr(ctx: ServerContext, hash: string, entity: string, ir: Ir): Promise<void> {
  await sql`insert into workflow_definition (hash, entity, ir) values (${hash}, ${entity}, ${JSON.stringify(ir)}::jsonb) on conflict do nothing`.execute(ctx.db())
}

const time = (instant: number | null): Date | null => (instant === null ? null : new Date(instant))

async function writeHead(ctx: ServerContext, row: CaseRow, about: Pick<StoredCase, 'entity' | 'recordId'>): Promise<void> {
  await sql`
    insert into workflow_case (id, entity, record_id, ir, status, initiator_id, started_at, ended_at, data)
    values (${row.id}, ${about.entity}, ${about.recordId}, ${row.ir}, ${row.status}, ${row.initiator.person}, ${time(row.startedAt)}, ${time(row.endedAt)}, ${JSON.stringify(row)}::jsonb)
    on conflict (id) do update set (ir, status, ended_at, data) = (excluded.ir, excluded.status, excluded.ended_at, excluded.data)`.execute(ctx.db())
}

function upsert(caseId: string, name: TableName, put: Readonly<Record<string, unknown>>): RawBuilder<unknown> {
  const rows = JSON.stringify(Object.entries(put).map(([id, data]) => ({ id, data })))
  const from = sql`from jsonb_to_recordset(${rows}::jsonb) as r(id text, data jsonb)`
  if (isLive(name)) {
    return sql`insert into workflow_live (case_id, kind, id, data) select ${caseId}::uuid, ${name}, r.id, r.data ${from} on conflict (case_id, kind, id) do update set data = excluded.data`
  }
  if (name === 'timers') {
    return sql`insert into workflow_timer (case_id, id, at, data) select ${caseId}::uuid, r.id, to_timestamp((r.data->>'at')::double precision / 1000), r.data ${from}
      on conflict (case_id, id) do update set (at, data, attempts, error) = (excluded.at, excluded.data, 0, null)`
  }
  return sql`insert into ${sql.table(TABLES[name])} (case_id, id, data) select ${caseId}::uuid, r.id, r.data ${from} on conflict (case_id, id) do update set data = excluded.data`
}

async function writeTable(ctx: ServerContext, caseId: string, name: TableName, change: Change<unknown>): Promise<void> {
  const where = isLive(name) ? sql`case_id = ${caseId} and kind = ${name}` : sql`case_id = ${caseId}`
  if (change.drop.length > 0) await sql`delete from ${sql.table(TABLES[name])} where ${where} and id = any(${change.drop})`.execute(ctx.db())
  if (Object.keys(change.put).length > 0) await upsert(caseId, name, change.put).execute(ctx.db())
}

async function writeEvents(ctx: ServerContext, caseId: string, events: readonly WorkflowEvent[]): Promise<void> {
  if (events.length === 0) return
  const rows = JSON.stringify(events)
  await sql`
    insert into workflow_event (case_id, seq, at, kind, data)
    select ${caseId}::uuid, (e->>'seq')::int, to_timestamp((e->>'at')::double precision / 1000), e->>'kind', e from jsonb_array_elements(${rows}::jsonb) e`.execute(ctx.db())
}

/** Writes what one step changed: one statement a touched table. */
export async function writeChanges(ctx: ServerContext, about: Pick<StoredCase, 'entity' | 'recordId'>, changes: Changes, events: readonly WorkflowEvent[]): Promise<void> {
  await writeHead(ctx, changes.case, about)
  for (const name of tableNames) {
    const change = changes[name]
    if (change !== undefined) await writeTable(ctx, changes.case.id, name, change)
  }
  await writeEvents(ctx, changes.case.id, events)
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
