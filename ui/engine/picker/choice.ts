import type { PostWire } from '#kit/wire/org.ts'
import type { Labels } from '#kit/fields/field.ts'

/** Records name persons, tasks name posts; the picker shows posts and gives either. */
export type Identity = 'person' | 'post'

export interface Option {
  readonly id: string
  readonly name: string
  /** Post and unit, to tell namesakes apart. */
  readonly note: string
}

export const idOf = (post: PostWire, identity: Identity): string => (identity === 'person' ? post.personId : post.postId)

export const optionOf = (post: PostWire, identity: Identity): Option => ({
  id: idOf(post, identity), name: post.name, note: [post.unitName, post.title].filter((part) => part !== '').join(' '),
})

/** One line per id, in the order given: a person with several posts stands once, with the main post. */
export function optionsOf(posts: readonly PostWire[], identity: Identity): Option[] {
  const byId = Map.groupBy(posts, (post) => idOf(post, identity))
  return [...byId.values()].flatMap((same) => {
    const best = same.find((post) => post.main) ?? same[0]
    return best === undefined ? [] : [optionOf(best, identity)]
  })
}

export const namesOf = (options: readonly Pick<Option, 'id' | 'name'>[]): Labels => Object.fromEntries(options.map(({ id, name }) => [id, name]))

/** Adds or takes away one id; choosing one only replaces what was chosen. */
export function toggled(ids: readonly string[], id: string, several: boolean): readonly string[] {
  if (ids.includes(id)) return ids.filter((one) => one !== id)
  return several ? [...ids, id] : [id]
}
