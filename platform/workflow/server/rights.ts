import { sql } from 'kysely'
import type { StepForm } from '#kit/flow.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import type { TaskRights } from '../contract.ts'
import type { Actor, Task } from '../core/state.ts'
import { actorKey } from './keys.ts'
import { readIr } from './store.ts'
import { formOf, writesOf } from './task-form.ts'

interface OpenPart {
  readonly case_id: string
  readonly entity: string
  readonly ir: string
  readonly actor: Actor
  readonly task: Task
}

/** The actor's open parts in running cases: these cases, or all of an entity. */
async function openParts(ctx: ServerContext, of: readonly string[] | { readonly entity: string }): Promise<readonly OpenPart[]> {
  const { personId: person } = actorOf(ctx)
  const among = 'entity' in of ? sql`c.entity = ${of.entity}` : sql`a.case_id = any(${[...of]}::uuid[])`
  const { rows } = await sql<OpenPart>`
    select a.case_id, c.entity, c.ir, a.data as actor, t.data as task from workflow_actor a
    join workflow_case c on c.id = a.case_id join workflow_task t on t.case_id = a.case_id and t.id = a.data->>'task'
    where ${among} and (a.person_id = ${person} or ((a.data->'onBehalfOf'->>'person') = ${person}::text and a.data->'agency'->>'shared' = 'true')) and a.status = 'open' and c.status = 'running'`.execute(ctx.db())
  return rows
}

const formsOf = (ctx: ServerContext, parts: readonly OpenPart[]): Promise<StepForm[]> => Promise.all(parts.map(async ({ ir, task }) => formOf(await readIr(ctx, ir), task)))

/** What is hidden from a person with several parts: only what all of their steps hide. */
function inAll(hidden: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = hidden
  return first.filter((key) => others.every((keys) => keys.includes(key)))
}

const hiddenBy = (forms: readonly StepForm[]): readonly string[] => inAll(forms.map(({ hide = [] }) => hide))

/** Areas whose opinions all of the actor's open parts in a case keep from her. */
export async function areasHidden(ctx: ServerContext, caseId: string): Promise<ReadonlySet<string>> {
  if (ctx.actor === null) return new Set()
  return new Set(inAll((await formsOf(ctx, await openParts(ctx, [caseId]))).map(({ hideAreas = [] }) => hideAreas)))
}

/** What the actor's open parts in a case let her write, and what their steps hide from her. */
export async function rightsOf(ctx: ServerContext, caseId: string): Promise<TaskRights> {
  const parts = await openParts(ctx, [caseId])
  const forms = await formsOf(ctx, parts)
  // Whoever was only asked something writes nothing.
  const writes = await Promise.all(parts.filter(({ actor }) => actor.position !== 'consult').map(async ({ ir, entity, task }) => writesOf(ctx, entity, await readIr(ctx, ir), task)))
  return {
    revisions: Object.fromEntries(parts.map(({ actor }) => [actorKey(caseId, actor.id), actor.revision])),
    taskIds: parts.map(({ actor }) => actorKey(caseId, actor.id)),
    writes: [...new Set(writes.flat())],
    hides: hiddenBy(forms),
  }
}

/** What the actor's steps hide from her, by case. */
async function hiddenByCase(ctx: ServerContext, parts: readonly OpenPart[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const byCase = Map.groupBy(parts, ({ case_id: caseId }) => caseId)
  const hidden = await Promise.all([...byCase].map(async ([caseId, held]) => [caseId, hiddenBy(await formsOf(ctx, held))] as const))
  return new Map(hidden.filter(([, keys]) => keys.length > 0))
}

export const hiddenOf = async (ctx: ServerContext, caseIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> =>
  hiddenByCase(ctx, caseIds.length === 0 ? [] : await openParts(ctx, caseIds))

export const hiddenIn = async (ctx: ServerContext, entity: string): Promise<ReadonlyMap<string, readonly string[]>> => hiddenByCase(ctx, await openParts(ctx, { entity }))
