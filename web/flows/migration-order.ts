import type { MigrationStepsWire } from '#kit/wire/flow-cockpit.ts'
import type { MigrationOrder } from '#ui/api/flow-cockpit.ts'

/** What the administrator has chosen for steps without counterpart. `renamed`: it is that step, and work there goes on; otherwise it begins anew. */
export type Choices = Readonly<Record<string, { readonly to: string; readonly renamed: boolean }>>

export function planOf(choices: Choices, added: 'start' | 'skip'): MigrationOrder['plan'] {
  const chosen = Object.entries(choices).filter(([, { to }]) => to !== '')
  const part = (wanted: boolean): Record<string, string> => Object.fromEntries(chosen.filter(([, { renamed }]) => renamed === wanted).map(([node, { to }]) => [node, to]))
  return { renamed: part(true), moved: part(false), added }
}

/** Steps that need a choice: those without counterpart at which cases stand first. */
export const openSteps = ({ steps }: MigrationStepsWire): MigrationStepsWire['steps'] => steps.filter(({ to }) => to === null).toSorted((a, b) => b.at - a.at)
