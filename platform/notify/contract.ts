import { contract } from '#kit/context.ts'

export interface Notice {
  readonly kind: 'todo' | 'reading' | 'urge' | 'result' | 'system'
  readonly title: string
  readonly text?: string
  /** Where a click leads, as a path within the application. */
  readonly link?: string
}

export interface NotifyService {
  /** Leaves with the commit; shown in the bell and pushed to open pages. */
  tell(personIds: readonly string[], notice: Notice): Promise<void>
  /** Tells open pages of these people that something changed (`todo`, `record:<id>`), without a notice. */
  poke(personIds: readonly string[], topic: string): Promise<void>
}

export const Notify = contract<NotifyService>('notify')
