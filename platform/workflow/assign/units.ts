import type { Post, Unit } from '#platform/org/contract.ts'
import type { Found, Place, Subject } from './place.ts'

export const found = (posts: readonly Post[], as: string): Found[] => posts.map((post) => ({ post, as }))

/** Units from a subject up to the district, nearest first. */
export const lineageOf = (place: Place, { unitId }: Subject): Promise<readonly Unit[]> => place.lineage(unitId)

/** Whoever stands first in a unit: 单位主要负责人 of an organisation, 科室负责人 of a department. */
export async function headOf(place: Place, unit: Unit): Promise<readonly Found[]> {
  const heads = await place.holders(unit.isOrganisation ? 'unit-head' : 'department-head', unit.id)
  return found(heads.slice(0, 1), `${unit.shortName}${unit.isOrganisation ? '主要负责人' : '负责人'}`)
}

/** Heads of these units in turn; units without one are passed over. */
export async function headsOf(place: Place, units: readonly Unit[]): Promise<readonly Found[]> {
  const heads: Found[] = []
  for (const unit of units) heads.push(...(await headOf(place, unit)))
  return heads
}

/** The organisation a subject belongs to: the nearest one upward. */
export async function organisationOf(place: Place, subject: Subject): Promise<Unit | undefined> {
  return (await lineageOf(place, subject)).find(({ isOrganisation }) => isOrganisation)
}

/** Units from a subject up to its organisation. */
export async function withinOrganisation(place: Place, subject: Subject): Promise<readonly Unit[]> {
  const units = await lineageOf(place, subject)
  return units.slice(0, units.findIndex(({ isOrganisation }) => isOrganisation) + 1)
}

/** Holders of a role in an organisation and its departments, but not in organisations below it. */
export async function holdersWithin(place: Place, organisation: Unit, role: string): Promise<readonly Post[]> {
  return (await place.holders(role, organisation.id, { below: true })).filter(({ organisationId }) => organisationId === organisation.id)
}

/** Everybody in an organisation and its departments, but not in organisations below it. */
export async function membersWithin(place: Place, organisation: Unit): Promise<readonly Post[]> {
  return (await place.members(organisation.id, { below: true })).filter(({ organisationId }) => organisationId === organisation.id)
}

/** Leaders in charge of (分管) or in contact with (联系) the nearest unit that has any, up to the organisation. */
export async function leadersOf(place: Place, subject: Subject, relation: '分管' | '联系'): Promise<readonly Found[]> {
  for (const unit of await withinOrganisation(place, subject)) {
    const leaders = await place.overseers(unit.id, relation)
    if (leaders.length > 0) return found(leaders, `${relation}${unit.shortName}的领导`)
  }
  return []
}
