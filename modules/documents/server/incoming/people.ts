import type { RoleId } from '#kit/access.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import type { Post } from '#platform/org/contract.ts'
import { roleLabel } from '#platform/access/roles.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import type { AssignedPost, AssignFunction } from '#platform/registry/server/module-server.ts'

/** Who receives, registers and proposes: the first role that somebody holds. */
export const RECEIVERS: readonly RoleId[] = ['mail-clerk', 'doc-registrar', 'office-head', 'unit-head']
const REGISTRARS: readonly RoleId[] = ['doc-registrar', 'mail-clerk', 'office-head', 'unit-head']
const PROPOSERS: readonly RoleId[] = ['doc-secretary', 'office-head', 'unit-head']

export interface Holders {
  readonly role: RoleId
  readonly posts: readonly Post[]
}

/** Holders of the first of these roles that anybody holds in an organisation, organisations below it left out; none when nobody holds any. */
export async function firstHolders(ctx: ServerContext, organisationId: string, roles: readonly RoleId[]): Promise<Holders | undefined> {
  for (const role of roles) {
    const posts = (await ctx.use(Org).holders(role, organisationId, { below: true })).filter((post) => post.organisationId === organisationId)
    if (posts.length > 0) return { role, posts }
  }
  return undefined
}

const byRoles = (roles: readonly RoleId[]): AssignFunction => async (ctx, { organisationId }) => {
  const found = await firstHolders(ctx, organisationId, roles)
  const unit = await ctx.use(Org).unit(organisationId)
  return (found?.posts ?? []).map(({ id }) => ({ postId: id, why: `${unit?.shortName ?? ''}${roleLabel(found?.role ?? '')}` }))
}

/** The head of a department, else whoever stands first in it. */
async function headOf(ctx: ServerContext, unitId: string, role: 'lead' | 'assist'): Promise<AssignedPost[]> {
  const [head] = await ctx.use(Org).holders('department-head', unitId)
  const [first] = head === undefined ? await ctx.use(Org).members(unitId) : [head]
  const unit = await ctx.use(Org).unit(unitId)
  return first === undefined ? [] : [{ postId: first.id, role, why: `${role === 'lead' ? '主办' : '协办'}部门${unit?.shortName ?? ''}${head === undefined ? '' : '负责人'}` }]
}

async function handlers(ctx: ServerContext, { values }: RuleRecord): Promise<AssignedPost[]> {
  const lead = typeof values['lead'] === 'string' ? await headOf(ctx, values['lead'], 'lead') : []
  const assist = await Promise.all(((values['assist'] ?? []) as readonly string[]).filter((id) => id !== values['lead']).map((id) => headOf(ctx, id, 'assist')))
  return [...lead, ...assist.flat().filter(({ postId }) => postId !== lead[0]?.postId)]
}

export const incomingAssign: Readonly<Record<string, AssignFunction>> = {
  'documents.mail-clerk': byRoles(RECEIVERS),
  'documents.registrar': byRoles(REGISTRARS),
  'documents.proposer': byRoles(PROPOSERS),
  'documents.handlers': handlers,
}
