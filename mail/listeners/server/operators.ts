import { Notify } from '#platform/notify/contract.ts'
import { Org } from '#platform/org/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'

const ROLES = ['system-admin', 'ops'] as const

/** Tells those who run the system, with a link to the mail servers. */
export async function tellOperators(ctx: ServerContext, { title, text }: { readonly title: string; readonly text: string }): Promise<void> {
  const org = ctx.use(Org)
  const roots = await org.children(null)
  const posts = await Promise.all(roots.flatMap(({ id }) => ROLES.map((role) => org.holders(role, id, { below: true }))))
  await ctx.use(Notify).tell([...new Set(posts.flat().map(({ personId }) => personId))], { kind: 'system', title, text, link: '/mail/admin?part=servers' })
}
