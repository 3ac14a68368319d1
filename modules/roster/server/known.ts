import { Access } from '#platform/access/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Identity } from '#platform/identity/contract.ts'
import { Org } from '#platform/org/contract.ts'
import type { Unit } from '#platform/org/contract.ts'
import { DUTY_RANKS, GRADE_RANKS } from '#platform/org/data/ranks.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { foldLogin } from '../rules/people.ts'
import type { KnownForPeople } from '../rules/people.ts'
import type { Line } from '../rules/read.ts'
import type { KnownForUnits } from '../rules/units.ts'

/** The units to which the actor may add: all of the district, or her own organisation. */
async function reach(ctx: ServerContext): Promise<{ district: boolean; tops: readonly Unit[] }> {
  const org = ctx.use(Org)
  const district = (await ctx.use(Access).scope('roster.import')) === 'district'
  if (district) return { district, tops: [...(await org.children(null)), ...(await org.organisations())] }
  const own = await org.unit(actorOf(ctx).organisationId)
  return { district, tops: own === undefined ? [] : [own] }
}

/** Departments below a unit by their path, those of organisations below it left out. */
async function departmentsOf(ctx: ServerContext, unitId: string, path = ''): Promise<(readonly [path: string, unit: Unit])[]> {
  const below = (await ctx.use(Org).children(unitId)).filter(({ isOrganisation }) => !isOrganisation)
  const deeper = await Promise.all(below.map(async (unit) => [[path + unit.name, unit] as const, ...(await departmentsOf(ctx, unit.id, `${path}${unit.name}/`))]))
  return deeper.flat()
}

const byName = (tops: readonly Unit[]): ReadonlyMap<string, Unit> => new Map([...tops.map((unit) => [unit.shortName, unit] as const), ...tops.map((unit) => [unit.name, unit] as const)])

const codesOf = (ranks: readonly { readonly code: string; readonly label: string }[]): ReadonlyMap<string, string> => new Map(ranks.map(({ code, label }) => [label, code]))

/** What a sheet of people is checked against: only the organisations it names are read. */
export async function knownForPeople(ctx: ServerContext, lines: readonly Line[]): Promise<KnownForPeople> {
  const units = byName((await reach(ctx)).tops)
  const named = [...new Set(lines.map(({ cells }) => cells['organisation'] ?? ''))].flatMap((name) => {
    const unit = units.get(name)
    return unit === undefined ? [] : [[name, unit] as const]
  })
  const organisations = await Promise.all(named.map(async ([name, unit]) => {
    const departments = new Map((await departmentsOf(ctx, unit.id)).map(([path, one]) => [path, one.id]))
    return [name, { id: unit.id, departments }] as const
  }))
  const takenLogins = new Set(await ctx.use(Identity).taken(lines.map(({ cells }) => foldLogin(cells['login'] ?? ''))))
  return { organisations: new Map(organisations), takenLogins, dutyRanks: codesOf(DUTY_RANKS), gradeRanks: codesOf(GRADE_RANKS) }
}

/** What a sheet of units is checked against: the units named as parents, and what stands below them. */
export async function knownForUnits(ctx: ServerContext, lines: readonly Line[]): Promise<KnownForUnits> {
  const { district, tops } = await reach(ctx)
  const units = byName(tops)
  const heads = [...new Set(lines.map(({ cells }) => (cells['parent'] ?? '').split('/')[0] ?? ''))]
  const paths = new Map<string, string>()
  const below = new Map<string, ReadonlySet<string>>()
  for (const head of heads) {
    const unit = units.get(head)
    if (unit === undefined) continue
    const departments = await departmentsOf(ctx, unit.id)
    const found = [[head, unit.id] as const, ...departments.map(([path, one]) => [`${head}/${path}`, one.id] as const)]
    for (const [path, id] of found) {
      paths.set(path, id)
      below.set(id, new Set((await ctx.use(Org).children(id)).map(({ name }) => name)))
    }
  }
  return { paths, below, organisations: district }
}
