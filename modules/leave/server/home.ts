import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import type { PersonHit } from '#platform/org/contract.ts'

/** The main post of a person: leave is counted, kept and approved where it is. */
export const homeOf = async (ctx: ServerContext, personId: string): Promise<PersonHit> => (await ctx.use(Org).posts(personId))[0] ?? ctx.fail('leave.applicant')

/** Roles of a person in a post. */
export const rolesIn = async (ctx: ServerContext, postId: string): Promise<string[]> => (await ctx.use(Org).grants(postId)).map(({ role }) => role)
