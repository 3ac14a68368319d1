import type { Among, Assigned } from './context.ts'
import { sha256 } from './hash.ts'

/** What is known of the many: open work by person, and whoever had this step last, newest first. */
export interface Load {
  readonly open: ReadonlyMap<string, number>
  readonly last: readonly string[]
}

const person = ({ who }: Assigned): string => who.person

/**
 * Picks some of many. Chance is drawn from the record and the step, so that a preview names the same people as the case later has; in rotation
 * whoever follows the one who had it last comes first.
 */
export function pickSome({ how, n, of }: Among, seed: string, { open, last }: Load): readonly Assigned[] {
  if (how === 'random') return sortBy(of, (one) => sha256(`${seed} ${person(one)}`)).slice(0, n)
  if (how === 'least-loaded') return of.toSorted((a, b) => (open.get(person(a)) ?? 0) - (open.get(person(b)) ?? 0)).slice(0, n)
  const latest = of.findIndex((one) => person(one) === last.find((id) => of.some((other) => person(other) === id)))
  return [...of.slice(latest + 1), ...of.slice(0, latest + 1)].slice(0, n)
}

const sortBy = (list: readonly Assigned[], key: (one: Assigned) => string): readonly Assigned[] =>
  list.map((one) => ({ one, by: key(one) })).toSorted((a, b) => (a.by < b.by ? -1 : 1)).map(({ one }) => one)
