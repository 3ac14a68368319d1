import type { TimelineWire } from '#kit/wire/task.ts'

type People = TimelineWire['entries'][number]['people']

/** Why a step is with these people: one reason once, different ones with the names they are for. */
export function reasonOf(people: People): string {
  const reasons = Map.groupBy(people.filter(({ why }) => why !== ''), ({ why }) => why)
  return [...reasons].map(([why, those]) => (reasons.size === 1 ? why : `${those.map(({ name }) => name).join('、')} ${why}`)).join('；')
}
