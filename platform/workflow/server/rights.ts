import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import type { TaskRights } from '../contract.ts'
import type { Actor, Task } from '../core/state.ts'
import { actorKey } from './keys.ts'
import { readIr } from './store.ts'
import { formOf } from './task-form.ts'

interface OpenPart {
  readonly id: string
  readonly ir: string
  readonly actor: Actor
  readonly task: Task
}

/** What the actor's open parts in a case let her write. Steps that hide a field hide it from her only while she holds no other part. */
export async function rightsOf(ctx: ServerContext, caseId: string): Promise<TaskRights> {
  const { rows } = await sql<OpenPart>`
    select a.id, c.ir, a.data as actor, t.data as task from workflow_actor a
    join workflow_case c on c.id = a.case_id join workflow_task t on t.case_id = a.case_id and t.id = a.data->>'task'
    where a.case_id = ${caseId} and a.person_id = ${actorOf(ctx).personId} and a.status = 'open' and c.status = 'running'`.execute(ctx.db())
  const forms = await Promise.all(rows.map(async ({ ir, task }) => formOf(await readIr(ctx, ir), task)))
  return {
    revisions: Object.fromEntries(rows.map(({ actor }) => [actorKey(caseId, actor.id), actor.revision])),
    taskIds: rows.map(({ actor }) => actorKey(caseId, actor.id)),
    writes: [...new Set(forms.flatMap(({ edit = [] }) => edit))],
    hides: forms.length === 1 ? [...(forms[0]?.hide ?? [])] : [],
  }
}
