import type { RoleId } from '#kit/access.ts'
import { firstHolders } from '#modules/documents/server/incoming/people.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import type { Post } from '#platform/org/contract.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import type { AssignFunction, AssignedPost } from '#platform/registry/server/module-server.ts'

const assigned = ({ id, unitName, title }: Post): AssignedPost => ({ postId: id, why: `${unitName}${title}` })

/** Each person once, in the post named first. */
const once = (posts: readonly Post[]): AssignedPost[] => posts.filter(({ personId }, index) => posts.findIndex((post) => post.personId === personId) === index).map(assigned)

const holdersOf = async (ctx: ServerContext, organisationId: string, roles: readonly RoleId[]): Promise<readonly Post[]> => (await firstHolders(ctx, organisationId, roles))?.posts ?? []

/** 部门负责人 of the drafter's own unit. */
const ownHead: AssignFunction = async (ctx, { unitId }) => once(await ctx.use(Org).holders('department-head', unitId))

/** 文秘, then the head of the office. */
const revisers: AssignFunction = async (ctx, { organisationId }) => {
  const secretaries = await holdersOf(ctx, organisationId, ['doc-secretary'])
  const heads = await holdersOf(ctx, organisationId, ['office-head'])
  return once([...secretaries.slice(0, 1), ...heads.slice(0, 1)])
}

const idsIn = (record: RuleRecord, key: string): readonly string[] => (record.values[key] ?? []) as readonly string[]

/** The head of each organisation that has to agree. */
const cosigners: AssignFunction = async (ctx, record) => {
  const heads = await Promise.all(idsIn(record, 'cosigners').map((organisation) => holdersOf(ctx, organisation, ['unit-head', 'leader', 'office-head'])))
  return once(heads.flatMap((posts) => posts.slice(0, 1)))
}

/** Whoever keeps the rules of the organisation: the head of its department for legal affairs, else of its office. */
const legal: AssignFunction = async (ctx, { organisationId }) => {
  const department = (await ctx.use(Org).children(organisationId)).find(({ name }) => /法规|法制|法治/u.test(name))
  const own = department === undefined ? [] : await ctx.use(Org).holders('department-head', department.id)
  return once(own.length > 0 ? own : await holdersOf(ctx, organisationId, ['office-head']))
}

/** 机要文书, who registers and numbers. */
const numberer: AssignFunction = async (ctx, { organisationId }) => once(await holdersOf(ctx, organisationId, ['doc-registrar', 'mail-clerk', 'office-head']))

export const outgoingAssign: Readonly<Record<string, AssignFunction>> = {
  'documents.own-head': ownHead, 'documents.revisers': revisers, 'documents.cosigners': cosigners, 'documents.legal': legal, 'documents.numberer': numberer,
}
