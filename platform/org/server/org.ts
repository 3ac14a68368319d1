import type { ServerContext } from '#platform/db/server/context.ts'
import { DIRECTORY_CHANGED } from '../contract.ts'
import type { OrgService } from '../contract.ts'
import { closeUnit, moveUnit, renameUnit } from './change-units.ts'
import { grantAll, grants, revoke } from './grants.ts'
import { addUnit, load } from './load.ts'
import { identify, inOrder, names } from './names.ts'
import { createMemory } from './memory.ts'
import { holders, mainPosts, members, overseers, post, posts, postsById, staff } from './posts.ts'
import { chosen, recent } from './recent.ts'
import { searchPeople } from './search.ts'
import { children, lineage, organisations, searchUnits, unit } from './units.ts'

const LIMIT = 20

/** The directory for one context. */
export function createOrg(ctx: ServerContext): OrgService {
  const { once, each, forgetting } = createMemory()
  const changing = async (change: Promise<void>): Promise<void> => {
    await forgetting(change)
    ctx.emit({ type: DIRECTORY_CHANGED, data: {} })
  }
  return {
    unit: (id) => once(`unit ${id}`, () => unit(ctx, id)),
    lineage: (unitId) => once(`lineage ${unitId}`, () => lineage(ctx, unitId)),
    children: (parentId, options) => children(ctx, parentId, options?.organisationsOnly),
    organisations: () => organisations(ctx),
    posts: (personId) => posts(ctx, personId),
    post: (postId) => post(ctx, postId),
    postsById: (postIds) => postsById(ctx, postIds),
    mainPosts: (personIds) => mainPosts(ctx, personIds),
    holders: (role, unitId, { below = false } = {}) => once(`holders ${role} ${unitId} ${below}`, () => holders(ctx, role, unitId, below)),
    overseers: (unitId, relation = '分管') => overseers(ctx, unitId, relation),
    members: (unitId, options) => members(ctx, unitId, options?.below === true),
    staff: (organisationId) => staff(ctx, organisationId),
    searchPeople: (query, options) => searchPeople(ctx, query, options?.within, options?.limit ?? LIMIT),
    searchUnits: (query, options) => searchUnits(ctx, query, options?.organisationsOnly === true, options?.limit ?? LIMIT),
    inOrder: (personIds) => inOrder(ctx, personIds),
    names: (ids) => each(ids, (unknown) => names(ctx, unknown)),
    identify: (text) => identify(ctx, text),
    grants: (postId) => grants(ctx, postId),
    grant: (order) => changing(grantAll(ctx, [order])),
    revoke: (order) => changing(revoke(ctx, order)),
    chosen: (postIds) => chosen(ctx, postIds),
    recent: () => recent(ctx),
    load: (directory) => changing(load(ctx, directory)),
    addUnit: (added) => changing(addUnit(ctx, added)),
    renameUnit: (id, name, shortName) => changing(renameUnit(ctx, id, name, shortName)),
    moveUnit: (id, parentId) => changing(moveUnit(ctx, id, parentId)),
    closeUnit: (id, successorId) => changing(closeUnit(ctx, id, successorId)),
  }
}
