import type { CommandOf } from '../command.ts'
import { type Draft, rows } from '../draft.ts'
import { deliver, trigger } from '../events.ts'
import { fail } from '../error.ts'
import { setVariables } from './set.ts'

/** An event occurs at one subscription: by hand, or because the shell knows that it is meant. */
export function triggerEvent(draft: Draft, command: CommandOf<'trigger'>): void {
  const one = rows(draft, 'subscriptions')[command.subscription]
  if (one === undefined || one.kind === 'compensate') return fail('workflow.event.gone')
  setVariables(draft, command.variables)
  trigger(draft, one)
}

/** A message or signal reaches the case; fails when nobody waits for a message, as a signal may reach nobody. */
export function deliverEvent(draft: Draft, command: CommandOf<'deliver'>): void {
  setVariables(draft, command.variables)
  const reached = deliver(draft, command.event, command.name, command.key)
  if (reached === 0 && command.event === 'message') fail('workflow.event.gone')
}
