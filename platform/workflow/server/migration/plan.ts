import { sql } from 'kysely'
import type { MigrationStepsWire, MigrationVersionsWire } from '#kit/wire/flow-cockpit.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { isHuman } from '../../core/ir.ts'
import type { Ir, IrNode } from '../../core/ir.ts'
import { managedCases } from '../manage/rights.ts'
import { versionsOf } from '../models/store.ts'
import { businessOf } from '../record.ts'
import { readIr } from '../store.ts'

type Version = MigrationVersionsWire['from'][number]

/** What cases under way of a flow run on, the versions they may be put on (those that are or were published), and all that can run. */
export async function migrationVersions(ctx: ServerContext, entity: string): Promise<MigrationVersionsWire> {
  const { flow } = businessOf(ctx, entity)
  const { rows } = await sql<{ ir: string; n: number }>`
    select c.ir, count(*)::int as n from workflow_case c where ${await managedCases(ctx)} and c.entity = ${entity} and c.status in ('running', 'suspended') group by c.ir order by n desc`.execute(ctx.db())
  const versions = await versionsOf(ctx.db(), entity)
  const running = new Map(rows.map(({ ir, n }) => [ir, n]))
  const known = versions.flatMap(({ ir, number, title, state }): Version[] => (ir === null ? [] : [{ ir, number, title, state, running: running.get(ir) ?? 0 }]))
  const from = rows.map(({ ir, n }): Version => known.find((one) => one.ir === ir) ?? { ir, number: null, title: flow.title, state: null, running: n })
  return { from, to: known.filter(({ state }) => state !== 'draft'), all: known }
}

/** Nodes at which something can stand. */
const standsAt = (node: IrNode): boolean => isHuman(node) || node.kind === 'wait' || node.kind === 'call' || node.kind === 'catch' || node.kind === 'events'

const sameSort = (a: IrNode, b: IrNode | undefined): boolean => b !== undefined && (a.kind === b.kind || (isHuman(a) && isHuman(b)))

/** The two flows of a migration; 404 `workflow.migrate.version` when one of them is not of this entity. */
export async function flowsOf(ctx: ServerContext, entity: string, hashes: readonly [string, string]): Promise<readonly [Ir, Ir]> {
  const { rows } = await sql<{ hash: string }>`select hash from workflow_definition where entity = ${entity} and hash = any(${hashes})`.execute(ctx.db())
  if (!hashes.every((hash) => rows.some((row) => row.hash === hash))) ctx.fail('workflow.migrate.version')
  return [await readIr(ctx, hashes[0]), await readIr(ctx, hashes[1])]
}

/** One version's flow, drafts included. */
export const flowOf = async (ctx: ServerContext, entity: string, hash: string): Promise<Ir> => (await flowsOf(ctx, entity, [hash, hash]))[0]

/** The steps of the old version with those that are the same in the new one, and how many cases stand at each. */
export async function migrationSteps(ctx: ServerContext, entity: string, hashes: readonly [string, string]): Promise<MigrationStepsWire> {
  const [from, to] = await flowsOf(ctx, entity, hashes)
  const { rows } = await sql<{ node: string; n: number }>`
    select l.data->>'node' as node, count(distinct c.id)::int as n from workflow_case c join workflow_live l on l.case_id = c.id and l.kind = 'tokens'
    where ${await managedCases(ctx)} and c.entity = ${entity} and c.ir = ${hashes[0]} and c.status in ('running', 'suspended') group by 1`.execute(ctx.db())
  const at = new Map(rows.map(({ node, n }) => [node, n]))
  const steps = Object.values(from.nodes).filter((node) => standsAt(node) || at.has(node.id)).map((node) => ({ node: node.id, name: node.name, to: sameSort(node, to.nodes[node.id]) ? node.id : null, at: at.get(node.id) ?? 0 }))
  return { steps, targets: Object.values(to.nodes).filter(standsAt).map(({ id, name }) => ({ node: id, name })) }
}
