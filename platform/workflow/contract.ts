import { contract } from '#kit/context.ts'

/** What the actor may do with a record through the open tasks she holds on its case. */
export interface TaskRights {
  readonly taskIds: readonly string[]
  /** Fields the steps of these tasks let her write, require and hide. */
  readonly writes: readonly string[]
  readonly hides: readonly string[]
}

export interface WorkflowService {
  /**
   * Starts the flow of an entity for a record that was handed in, as the actor; answers the case. `choices` names people for steps whose
   * assignee the previous step chooses: node → ids of posts.
   */
  start(entity: string, recordId: string, choices: Readonly<Record<string, readonly string[]>>): Promise<string>
  rights(caseId: string): Promise<TaskRights>
  /** Acts on a task as the actor: the same checks as in the pages. */
  act(taskId: string, act: WorkflowAct): Promise<void>
}

export interface WorkflowAct {
  readonly operation: string
  /** The task's revision the person saw; a stale one ends with 409 `workflow.task.stale`. */
  readonly revision: number
  readonly outcome?: string
  readonly opinion?: string
  readonly people?: readonly string[]
  readonly target?: string
  readonly afterwards?: 'rerun' | 'jump-back'
  readonly choices?: Readonly<Record<string, readonly string[]>>
}

export const Workflow = contract<WorkflowService>('workflow')
