import type { ServerContext } from '#platform/db/server/context.ts'
import type { OrgService } from '../contract.ts'
import { closeUnit, moveUnit, renameUnit } from './change-units.ts'
import { grantAll, grants, revoke } from './grants.ts'
import { addUnit, load } from './load.ts'
import { identify, names } from './names.ts'
import { holders, members, overseers, post, posts } from './posts.ts'
import { chosen, recent } from './recent.ts'
import { searchPeople } from './search.ts'
import { children, lineage, organisations, searchUnits, unit } from './units.ts'

const LIMIT = 20

/** The directory for one context. */
export const createOrg = (ctx: ServerContext): OrgService => ({
  unit: (id) => unit(ctx, id),
  lineage: (unitId) => lineage(ctx, unitId),
  children: (parentId, options) => children(ctx, parentId, options?.organisationsOnly),
  organisations: () => organisations(ctx),
  posts: (personId) => posts(ctx, personId),
  post: (postId) => post(ctx, postId),
  holders: (role, unitId, options) => holders(ctx, role, unitId, options?.below === true),
  overseers: (unitId) => overseers(ctx, unitId),
  members: (unitId, options) => members(ctx, unitId, options?.below === true),
  searchPeople: (query, options) => searchPeople(ctx, query, options?.within, options?.limit ?? LIMIT),
  searchUnits: (query, options) => searchUnits(ctx, query, options?.organisationsOnly === true, options?.limit ?? LIMIT),
  names: (ids) => names(ctx, ids),
  identify: (text) => identify(ctx, text),
  grants: (postId) => grants(ctx, postId),
  grant: (order) => grantAll(ctx, [order]),
  revoke: (order) => revoke(ctx, order),
  chosen: (postIds) => chosen(ctx, postIds),
  recent: () => recent(ctx),
  load: (directory) => load(ctx, directory),
  addUnit: (added) => addUnit(ctx, added),
  renameUnit: (id, name, shortName) => renameUnit(ctx, id, name, shortName),
  moveUnit: (id, parentId) => moveUnit(ctx, id, parentId),
  closeUnit: (id, successorId) => closeUnit(ctx, id, successorId),
})
