import { contract } from '#kit/context.ts'
import type { AreaOpinion } from '#kit/opinions.ts'

/** What the actor may do with a record through the open tasks she holds on its case. */
export interface TaskRights {
  readonly taskIds: readonly string[]
  /** Revision of each of these tasks, sent back with an act on it. */
  readonly revisions: Readonly<Record<string, number>>
  /** Fields the steps of these tasks let her write, require and hide. */
  readonly writes: readonly string[]
  readonly hides: readonly string[]
}

export interface WorkflowService {
  /**
   * Starts the flow of an entity for a record that was handed in, as the actor; answers the case. `choices` names people for steps whose
   * assignee the previous step chooses: node → ids of posts.
   */
  start(entity: string, recordId: string, choices: Readonly<Record<string, readonly string[]>>, options?: StartOptions): Promise<string>
  rights(caseId: string): Promise<TaskRights>
  /** Acts on the case itself that are open to the actor now. */
  caseActs(caseId: string): Promise<readonly CaseAct[]>
  /** Fields that the steps the actor holds hide from her, by case; cases where nothing is hidden are left out. */
  hidden(caseIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>
  /** The same for all cases of an entity. */
  hiddenIn(entity: string): Promise<ReadonlyMap<string, readonly string[]>>
  /** Acts on a task as the actor: the same checks as in the pages. */
  act(taskId: string, act: WorkflowAct): Promise<void>
  /** Ends what a case waits for before its time; 409 `workflow.token.unknown` when it waits for nothing. */
  wake(caseId: string): Promise<void>
  /** Tells a case that its record has changed: its waits and conditions follow. */
  refresh(caseId: string): Promise<void>
  /** Hands reading copies (传阅) to these posts; whoever still has an unread one gets no second. The caller has checked who may. */
  inform(caseId: string, postIds: readonly string[], note?: string): Promise<void>
  /** Reading copies of several cases, oldest first. */
  readings(caseIds: readonly string[]): Promise<readonly CaseReading[]>
  /**
   * What people did and wrote in a case, oldest first; returned rounds are left out unless asked for, withdrawn ones always. Areas that the actor's
   * steps hide from her are left out, unless `whole`: for what is kept with the record.
   */
  opinions(caseId: string, options?: { readonly allRounds?: boolean; readonly whole?: boolean }): Promise<readonly CaseOpinion[]>
  /** The PNG of a signature in a case. */
  signature(caseId: string, signatureId: string): Promise<Uint8Array>
  /** Ends a running case from outside, as when its ground has gone; the caller has checked who may. Does nothing to one that has ended. */
  terminate(caseId: string, reason: string): Promise<void>
}

/** Acts on a case: of whoever did a step last, of its initiator, and of whoever manages the flows of its organisation. */
export type CaseAct = 'withdraw' | 'revoke' | 'urge' | 'void' | 'suspend' | 'resume' | 'terminate' | 'rollback' | 'reopen'

export interface StartOptions {
  /** Post in whose name the case is started, for records that arrive from elsewhere; the actor's own unless told. */
  readonly by?: string
  /** Start event that occurs; the flow's own start unless told. */
  readonly at?: string
}

export interface CaseOpinion extends AreaOpinion {
  readonly node: string
  readonly step: string
  readonly personId: string
  readonly name: string
  readonly unitId: string | null
  /** Agency: for whom. */
  readonly onBehalfOf: string | null
  /** Picture of the signature under it, for `signature`. */
  readonly signatureId: string | null
}

export interface CaseReading {
  readonly caseId: string
  readonly personId: string
  readonly name: string
  readonly sentAt: Date
  readonly readAt: Date | null
  readonly opinion: string | null
}

export interface WorkflowAct {
  readonly operation: string
  /** The task's revision the person saw; a stale one ends with 409 `workflow.task.stale`. Left out by rules, which act on what is there. */
  readonly revision?: number
  readonly outcome?: string
  readonly opinion?: string
  readonly people?: readonly string[]
  readonly target?: string
  /** Name of a step that is added. */
  readonly name?: string
  readonly afterwards?: 'rerun' | 'jump-back'
  readonly choices?: Readonly<Record<string, readonly string[]>>
  /** The registered signature, or none; left out: as the person has set it. `drawn`: one written by hand for this act, a PNG in base64. */
  readonly sign?: 'own' | 'none'
  readonly drawn?: string
  /** Fields of the step, written together with the act or not at all. */
  readonly form?: { readonly values: Readonly<Record<string, unknown>>; readonly version: number }
}

/** What a module proposes to pass on: to whom (a post), and from which day to which. */
export interface DelegationProposal {
  readonly delegate: string
  readonly name: string
  readonly from: string
  readonly to: string
  readonly reason: string
}

/** Address of the page on which the person may accept a proposed delegation, with the form filled in; for a notice. */
export const proposalLink = (proposal: DelegationProposal): string => `/me/delegations?${new URLSearchParams({ ...proposal }).toString()}`

/** Event: somebody confirmed a reading copy (已阅). */
export const READING_CONFIRMED = 'workflow.reading-confirmed'
export interface ReadingConfirmed {
  readonly caseId: string
  readonly entity: string
  readonly recordId: string
}

export const Workflow = contract<WorkflowService>('workflow')
