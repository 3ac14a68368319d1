import { z } from 'zod'
import type { ServerContext } from '#platform/db/server/context.ts'
import { postWire, unitWire } from '#kit/wire/org.ts'
import type { UnitWire } from '#kit/wire/org.ts'
import { route } from '#platform/http/server/route.ts'
import type { Unit } from '../contract.ts'
import { members } from './posts.ts'
import { recent } from './recent.ts'
import { postWireOf, unitWireOf } from './rows.ts'
import { searchPeople } from './search.ts'
import { children, lineage, organisations, requireUnit, searchUnits, withChildren } from './units.ts'

const MOST = 100
const MOST_MEMBERS = 500

const limit = z.coerce.number().int().min(1).max(MOST).default(20)
const search = z.string().max(50)
const flag = z.enum(['true', 'false']).default('false').transform((text) => text === 'true')
const people = z.object({ items: z.array(postWire) })
const units = z.object({ items: z.array(unitWire) })

async function wires(ctx: ServerContext, found: readonly Unit[], organisationsOnly: boolean): Promise<{ items: UnitWire[] }> {
  const parents = await withChildren(ctx, found.map((unit) => unit.id), organisationsOnly)
  return { items: found.map((unit) => unitWireOf(unit, parents.has(unit.id))) }
}

const findPeople = route({
  method: 'GET', path: '/api/people', title: '查找人员', tag: 'org',
  input: z.object({ query: search, within: z.uuid().optional(), limit }), output: people,
  run: async (ctx, input) => ({ items: (await searchPeople(ctx, input.query, input.within, input.limit)).map(postWireOf) }),
})

const recentPeople = route({
  method: 'GET', path: '/api/people/recent', title: '最近选过的人员', tag: 'org', input: z.object({}), output: people,
  run: async (ctx) => ({ items: (await recent(ctx)).map(postWireOf) }),
})

/** Without a parent and with `organisations`, all organisations; else the children of `parent`. */
const listUnits = route({
  method: 'GET', path: '/api/units', title: '下级单位和部门', tag: 'org',
  input: z.object({ parent: z.union([z.uuid(), z.literal('root')]).optional(), organisations: flag }), output: units,
  async run(ctx, { parent, organisations: only }) {
    const found = parent === undefined && only ? await organisations(ctx) : await children(ctx, parent === undefined || parent === 'root' ? null : parent, only)
    return wires(ctx, found, only)
  },
})

const findUnits = route({
  method: 'GET', path: '/api/units/search', title: '查找单位和部门', tag: 'org',
  input: z.object({ query: search, organisations: flag, limit }), output: units,
  run: async (ctx, input) => wires(ctx, await searchUnits(ctx, input.query, input.organisations, input.limit), input.organisations),
})

const unitMembers = route({
  method: 'GET', path: '/api/units/:id/members', title: '单位或部门的人员', tag: 'org',
  input: z.object({ id: z.uuid(), below: flag }), output: people,
  async run(ctx, { id, below }) {
    await requireUnit(ctx, id)
    return { items: (await members(ctx, id, below, MOST_MEMBERS)).map(postWireOf) }
  },
})

const unitPath = route({
  method: 'GET', path: '/api/units/:id/path', title: '单位或部门及其各级上级，自上而下', tag: 'org',
  input: z.object({ id: z.uuid() }), output: units,
  async run(ctx, { id }) {
    await requireUnit(ctx, id)
    return wires(ctx, (await lineage(ctx, id)).toReversed(), false)
  },
})

export const orgRoutes = [findPeople, recentPeople, listUnits, findUnits, unitMembers, unitPath]
