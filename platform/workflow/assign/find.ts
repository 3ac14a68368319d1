import { fieldOfRule } from '#kit/assign-rules.ts'
import type { AssignRuleName } from '#kit/assign-rules.ts'
import type { Assigned, Who } from '../core/context.ts'
import type { Args, Found, Place, Subject } from './place.ts'
import { RULES } from './rules.ts'

/** What a rule is asked with. */
export interface Asked {
  readonly name: AssignRuleName
  readonly args: Args
  readonly initiator: Who
  /** Whoever did the step from which the rule looks. */
  readonly subjects: readonly Who[] | undefined
  /** Fields of the record, for `field:`. */
  readonly values: Readonly<Record<string, unknown>>
  /** 2026年11月25日 */
  readonly today: string
}

const MOST_SUBJECTS = 200

/** People and units of a form field; a person counts with the unit of the main post. Units that are closed or unknown are left out. */
async function inField(place: Place, value: unknown): Promise<readonly Subject[]> {
  const ids = [value].flat().filter((id): id is string => typeof id === 'string' && id !== '').slice(0, MOST_SUBJECTS)
  const people = await place.mainPosts(ids)
  const subjects = await Promise.all(ids.map(async (id): Promise<Subject | null> => {
    const post = people.get(id)
    if (post !== undefined) return { unitId: post.unitId, personId: id }
    return (await place.unit(id)) === undefined ? null : { unitId: id, personId: null }
  }))
  return subjects.filter((subject) => subject !== null)
}

const ofPeople = (people: readonly Who[]): readonly Subject[] => people.flatMap(({ person, unit }) => (unit === null ? [] : [{ unitId: unit, personId: person }]))

async function subjectsOf(place: Place, { args, initiator, subjects, values }: Asked): Promise<readonly Subject[]> {
  const field = fieldOfRule(args)
  if (field !== null) return inField(place, values[field])
  const { of } = args
  if (typeof of === 'string' && of.startsWith('unit:')) return inField(place, of.slice('unit:'.length))
  return ofPeople(subjects ?? [initiator])
}

/** The people a rule finds, each once, with the reason as it was on the day: 「2026年11月25日时办公室负责人」. */
export async function findByRule(place: Place, asked: Asked): Promise<readonly Assigned[]> {
  const found: Found[] = []
  for (const subject of await subjectsOf(place, asked)) found.push(...(await RULES[asked.name](place, subject, asked.args)))
  const distinct = found.filter(({ post }, index) => found.findIndex((other) => other.post.personId === post.personId) === index)
  return distinct.map(({ post, as }) => ({ who: { person: post.personId, post: post.id, unit: post.unitId, name: post.personName }, evidence: `${asked.today}时${as}` }))
}
