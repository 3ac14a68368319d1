import type { Actor as Person } from '#kit/context.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import type { Post } from '#platform/org/contract.ts'
import type { Who } from '../core/context.ts'

export const whoOfActor = (actor: Person): Who => ({ person: actor.personId, post: actor.postId, unit: actor.unitId, name: actor.name })

export const whoOfPost = (post: Post): Who => ({ person: post.personId, post: post.id, unit: post.unitId, name: post.personName })

/** People for the ids of their posts; 422 `workflow.person.unknown` when one does not exist or is over. */
export async function whoOfPosts(ctx: ServerContext, postIds: readonly string[]): Promise<Who[]> {
  const posts = await ctx.use(Org).postsById(postIds)
  return postIds.map((id) => whoOfPost(posts.get(id) ?? ctx.fail('workflow.person.unknown')))
}

/** People named by a field of a record (ids of persons), in their main posts; those without a valid post are left out. */
export async function whoOfPersons(ctx: ServerContext, personIds: readonly string[]): Promise<Who[]> {
  const posts = await ctx.use(Org).mainPosts(personIds)
  return personIds.flatMap((id) => {
    const main = posts.get(id)
    return main === undefined ? [] : [whoOfPost(main)]
  })
}

/** Names of people's units, for answers; of those who are now in another organisation than the case with that: 区建管委办公室. */
export async function withUnits(ctx: ServerContext, people: readonly Who[], { organisationId: home }: { readonly organisationId: string }): Promise<ReadonlyMap<string, string>> {
  const names = await ctx.use(Org).names(people.flatMap(({ unit }) => unit ?? []))
  const posts = await ctx.use(Org).postsById([...new Set(people.flatMap(({ post }) => post ?? []))])
  return new Map(people.map((who) => {
    const [name, post] = [names[who.unit ?? ''] ?? '', posts.get(who.post ?? '')]
    return [who.person, post === undefined || post.organisationId === home || post.organisationId === post.unitId ? name : `${post.organisationName}${name}`]
  }))
}
