import { contract } from '#kit/context.ts'
import type { CountsWire } from '#kit/wire/others.ts'

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
  /** Unread notices of the actor, at most 999. */
  unread(): Promise<number>
}

export const Notify = contract<NotifyService>('notify')

/** The numbers on an open page; whoever knows them provides this. The stream asks anew after each notice and poke. */
export interface CountsService {
  /** For the actor in the acting post; must be cheap. */
  counts(): Promise<CountsWire>
}

export const Counts = contract<CountsService>('counts')
