import { contract } from '#kit/context.ts'

export type Box = 'todo' | 'toread' | 'done' | 'read' | 'mine'
export type Urgency = 'normal' | 'urgent' | 'most-urgent'

/** The urgency that the value of a record's field `urgency` means. */
export const urgencyOf = (value: unknown): Urgency => (value === 'urgent' || value === 'most-urgent' ? value : 'normal')

/** One line of a person's boxes. `id` is chosen by the source and stays the same while the line moves from 待办 to 已办. */
export interface TodoItem {
  readonly id: string
  readonly personId: string
  readonly box: Box
  readonly entity: string
  readonly recordId: string
  readonly caseId: string
  readonly title: string
  readonly moduleTitle: string
  readonly stepName: string
  /** Who sent it: name and unit. */
  readonly from: string
  readonly urgency: Urgency
  /** When it came into this box. */
  readonly at: Date
  readonly due: Date | null
  /** 我发起 only: the steps and people it is with now. */
  readonly where: string | null
  /** May be approved together with others, unopened. */
  readonly batch: boolean
  /** Agency: 「代 周牧原」 for whoever stands in, 「何向东可代办」 for a principal who may act as well. */
  readonly agency?: string | null
  /** Revision of the task the line stands for. */
  readonly revision: number
}

export interface TodoService {
  /** Writes lines, replacing those with the same id, and tells the pages of the people concerned. */
  put(items: readonly TodoItem[]): Promise<void>
  drop(ids: readonly string[]): Promise<void>
  /** Follows a record whose title or urgency changed. */
  retitle(entity: string, recordId: string, title: string, urgency: Urgency): Promise<void>
  counts(personId: string): Promise<{ todo: number; toread: number }>
}

export const Todo = contract<TodoService>('todo')
