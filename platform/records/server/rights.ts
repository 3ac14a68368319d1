import { draftFields, draftRights } from '#kit/draft.ts'
import { isComputed } from '#kit/fields/computed.ts'
import { Access } from '#platform/access/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { Workflow } from '#platform/workflow/contract.ts'
import type { TaskRights } from '#platform/workflow/contract.ts'
import { viewPermission } from './table.ts'
import type { Found, RecordRow } from './table.ts'

/** What the actor may do with one record now. */
export interface RecordRights {
  /** Fields left out are hidden. */
  readonly fields: Readonly<Record<string, 'read' | 'write'>>
  readonly acts: readonly string[]
  readonly taskIds: readonly string[]
}

const NO_TASKS: TaskRights = { taskIds: [], revisions: {}, writes: [], hides: [] }

/** A draft: not handed in yet, or taken back to its writer with no case running. */
export const isDraft = ({ entity }: Found, row: RecordRow): boolean => row.case_id === null && row.state === Object.keys(entity.states)[0]

export const hasFlow = ({ entity, module }: Found): boolean => module.definition.flows.some((flow) => flow.entity === entity.name)

/** Fields that some step of the entity's flow hides. */
export const hideable = ({ entity, module }: Found): readonly string[] =>
  module.definition.flows.filter((flow) => flow.entity === entity.name).flatMap(({ nodes }) => Object.values(nodes).flatMap((node) => ('form' in node ? (node.form?.hide ?? []) : [])))

/** Ends with 404 unless the actor may see the record: what may not be seen does not exist. */
export async function requireSight(ctx: ServerContext, found: Found, row: RecordRow): Promise<void> {
  const sees = await ctx.use(Access).sees(found.entity.name, row.id, viewPermission(found))
  if (!sees) ctx.fail('records.missing')
}

/**
 * A draft belongs to its writer, who may change what the start step names. While a case runs, the fields named by the steps of one's open tasks may be written;
 * a record without a flow is kept up by those who hold `<module>.edit`.
 */
export async function rightsOf(ctx: ServerContext, found: Found, row: RecordRow): Promise<RecordRights> {
  const actor = actorOf(ctx)
  const draft = isDraft(found, row)
  const own = row.created_by === actor.personId
  const tasks = row.case_id === null ? NO_TASKS : await ctx.use(Workflow).rights(row.case_id)
  const keeper = !hasFlow(found) && (await ctx.use(Access).may(`${found.module.definition.id}.edit`))
  const writes = new Set(tasks.writes)
  const hidden = new Set(tasks.hides)
  const inUse = Object.entries(found.entity.fields)
    .filter(([key]) => !hidden.has(key))
    .map(([key, field]) => [key, !isComputed(field) && (keeper || writes.has(key)) ? 'write' : 'read'] as const)
  const entries = draft && own ? Object.entries(draftRights(found.entity, draftFields(found.entity, found.module.definition.flows))) : inUse
  const acts = [...(entries.some(([, right]) => right === 'write') ? ['edit'] : []), ...(draft && own ? ['delete', ...(hasFlow(found) ? ['start'] : [])] : [])]
  return { fields: Object.fromEntries(entries), acts, taskIds: tasks.taskIds }
}
