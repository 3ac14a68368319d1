import type { Workbook } from '#kit/api.ts'
import type { FlowRunWire, ManagedFlowWire } from '#kit/wire/flow-run.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { registryOf } from '#platform/registry/server/of.ts'
import { exportWords } from '../../words.ts'
import { listRuns } from './runs.ts'
import type { RunsQuery } from './runs.ts'

/** Most cases of one sheet; more are refused with 422 `workflow.export.large`, never cut. */
export const MOST_RUNS = 5000
const PAGE = 100
const DAY_MS = 86_400_000

/** Every case under way that fits the filter. */
export async function allRuns(ctx: ServerContext, filter: Omit<RunsQuery, 'after' | 'limit'>): Promise<readonly FlowRunWire[]> {
  const runs: FlowRunWire[] = []
  for (let after: string | null | undefined; after !== null;) {
    const page: Awaited<ReturnType<typeof listRuns>> = await listRuns(ctx, { ...filter, limit: PAGE, after })
    runs.push(...page.items)
    if (runs.length > MOST_RUNS) ctx.fail('workflow.export.large', { most: MOST_RUNS })
    after = page.next
  }
  return runs
}

/** The flows of all applications, by their titles. */
export const managedFlows = (ctx: ServerContext): ManagedFlowWire[] => registryOf(ctx).modules.flatMap(({ definition }) => definition.flows.map(({ entity, title }) => ({ entity, process: title })))

const moment = (at: string | null | undefined): string => (at === null || at === undefined ? '' : new Date(at).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).slice(0, 16))

function rowOf(run: FlowRunWire, now: Date): readonly (string | number | null)[] {
  const [since, due] = [run.steps.map((step) => step.since).toSorted()[0], run.steps.flatMap((step) => step.due ?? []).toSorted()[0]]
  const people = [...new Set(run.steps.flatMap(({ parts }) => parts.map(({ name }) => name)))]
  const late = due !== undefined && run.status === 'running' && new Date(due) < now
  return [
    run.title, run.process, run.status === 'suspended' ? exportWords.suspended : run.steps.map(({ name }) => name).join('、') || exportWords.waiting, people.join('、'), run.initiator, run.unitName, moment(run.startedAt),
    since === undefined ? null : Math.floor((now.getTime() - new Date(since).getTime()) / DAY_MS), moment(due), late ? exportWords.late : '', run.stuck ?? (run.dead > 0 ? exportWords.dead : ''),
  ]
}

/** The same as a sheet. */
export const runsBook = (runs: readonly FlowRunWire[], now: Date): Workbook => ({
  name: exportWords.title, columns: exportWords.columns.map(([title, width]) => ({ title, width })), rows: runs.map((run) => [...rowOf(run, now)]),
})
