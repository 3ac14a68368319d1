import { sql } from 'kysely'
import type { MigratedCaseWire, MigrationReportWire, MigrationWire } from '#kit/wire/flow-cockpit.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { managedCases } from '../manage/rights.ts'
import { versionsOf } from '../models/store.ts'
import { businessOf } from '../record.ts'
import type { Order } from './carry.ts'

/** Begins the report of a migration, or goes on with one's own: its cases come some at a time. 409 `workflow.migrate.taken` when the number is another's. */
export async function openReport(ctx: ServerContext, id: string, { entity, from, to }: Order, reason: string): Promise<void> {
  const { personId, name } = actorOf(ctx)
  await sql`
    insert into workflow_migration (id, entity, from_ir, to_ir, reason, at, by_id, by_name) values (${id}, ${entity}, ${from}, ${to}, ${reason}, ${ctx.now}, ${personId}, ${name}) on conflict do nothing`.execute(ctx.db())
  const { rows } = await sql`select from workflow_migration where id = ${id} and (entity, from_ir, to_ir, by_id) = (${entity}, ${from}, ${to}, ${personId}::uuid)`.execute(ctx.db())
  if (rows.length === 0) ctx.fail('workflow.migrate.taken')
}

/** Keeps what became of a case; of one that was tried twice the last. */
export async function keepCase(ctx: ServerContext, id: string, { caseId, title, problem, moves }: MigratedCaseWire): Promise<void> {
  await sql`
    insert into workflow_migrated (migration_id, case_id, title, problem, moves) values (${id}, ${caseId}, ${title}, ${problem}, ${JSON.stringify(moves)}::jsonb)
    on conflict (migration_id, case_id) do update set (title, problem, moves) = (excluded.title, excluded.problem, excluded.moves) where workflow_migrated.problem is not null`.execute(ctx.db())
}

interface Row {
  readonly id: string
  readonly entity: string
  readonly from_ir: string
  readonly to_ir: string
  readonly reason: string
  readonly at: Date
  readonly by_name: string
  readonly carried: number
  readonly refused: number
}

/** Most migrations the page lists. */
const MOST_LISTED = 100

/** The latest migrations that had to do with cases the actor manages, counted by these. */
export async function listReports(ctx: ServerContext, entity: string | undefined): Promise<readonly MigrationReportWire[]> {
  const { rows } = await sql<Row>`
    select m.*, n.carried, n.refused from workflow_migration m join lateral (
      select (count(*) filter (where d.problem is null))::int as carried, (count(*) filter (where d.problem is not null))::int as refused
      from workflow_migrated d join workflow_case c on c.id = d.case_id where d.migration_id = m.id and ${await managedCases(ctx)}) n on n.carried + n.refused > 0
    where ${entity === undefined ? sql`true` : sql`m.entity = ${entity}`} order by m.at desc, m.id desc limit ${MOST_LISTED}`.execute(ctx.db())
  const versions = new Map(await Promise.all([...new Set(rows.map((row) => row.entity))].map(async (one) => [one, await versionsOf(ctx.db(), one)] as const)))
  const numberOf = (row: Row, ir: string): number | null => versions.get(row.entity)?.find((one) => one.ir === ir)?.number ?? null
  return rows.map((row) => ({
    id: row.id, at: row.at.toISOString(), by: row.by_name, entity: row.entity, process: businessOf(ctx, row.entity).flow.title, from: numberOf(row, row.from_ir), to: numberOf(row, row.to_ir), reason: row.reason,
    carried: row.carried, refused: row.refused,
  }))
}

interface CaseKept extends Pick<MigratedCaseWire, 'title' | 'problem' | 'moves'> {
  readonly case_id: string
  readonly record_id: string
  readonly entity: string
}

/** What became of the cases of a migration, of those the actor manages: those that could not follow first, in pages. */
export async function reportCases(ctx: ServerContext, id: string, { after, limit }: { readonly after?: number | undefined; readonly limit: number }): Promise<MigrationWire> {
  const begin = after ?? 0
  const { rows } = await sql<CaseKept>`
    select d.case_id, d.title, d.problem, d.moves, c.record_id, c.entity from workflow_migrated d join workflow_case c on c.id = d.case_id
    where d.migration_id = ${id} and ${await managedCases(ctx)} order by d.problem is null, d.title, d.case_id offset ${begin} limit ${limit + 1}`.execute(ctx.db())
  const items = rows.slice(0, limit).map(({ case_id: caseId, record_id: recordId, ...row }) => ({ ...row, caseId, recordId }))
  return { items, next: rows.length > limit ? String(begin + limit) : null }
}
