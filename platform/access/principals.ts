import type { Scope } from '#kit/access.ts'
import type { Grant, Unit } from '#platform/org/contract.ts'
import type { Principal } from './contract.ts'

/** The place from which a scope is measured: the acting post's unit, or that of a granted role. */
export type Place = Pick<Grant, 'unitId' | 'organisationId'>

/** One way in which a permission reaches records. */
export interface Reach extends Place {
  readonly scope: Scope
}

/**
 * Principals under which the owner's side of a record stands: its unit, every unit from there up to the district, and its organisation. `lineage`
 * runs from the unit to the root.
 */
export const ownerPrincipals = (lineage: readonly Pick<Unit, 'id' | 'organisationId'>[]): Principal[] => {
  const unit = lineage[0]
  return unit === undefined ? [] : [`u:${unit.id}`, ...lineage.map(({ id }): Principal => `b:${id}`), `o:${unit.organisationId}`]
}

/** Principals shared with, whatever the scope: the person, the units she belongs to, and the roles she holds. */
export const sharedPrincipals = (personId: string, lineage: readonly Pick<Unit, 'id'>[], grants: readonly Grant[]): Principal[] => [
  `p:${personId}`,
  ...lineage.map(({ id }): Principal => `m:${id}`),
  ...new Set(grants.map(({ role, unitId }): Principal => `r:${role}:${unitId}`)),
]

function reached({ scope, unitId, organisationId }: Reach, rootId: string): Principal | null {
  switch (scope) {
    case 'unit':
      return `u:${unitId}`
    case 'unit-and-below':
      return `b:${unitId}`
    case 'organisation':
      return `o:${organisationId}`
    case 'district':
      // Every record stands below the root: the district needs no rows of its own.
      return `b:${rootId}`
    default:
      return null
  }
}

/** Principals by scope; the whole district makes the narrower ones superfluous. */
export function scopePrincipals(reaches: readonly Reach[], rootId: string): Principal[] {
  const principals = new Set(reaches.flatMap((reach) => reached(reach, rootId) ?? []))
  return principals.has(`b:${rootId}`) ? [`b:${rootId}`] : [...principals]
}
