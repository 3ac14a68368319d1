import { SCOPES } from '#kit/access.ts'
import type { AccessMatrix, Scope } from '#kit/access.ts'
import type { Grant } from '#platform/org/contract.ts'
import type { Place, Reach } from './principals.ts'

/** 三员分立: the three administrations hold no business permissions, not even those of everyone. */
export const ADMINISTRATIONS: ReadonlySet<string> = new Set(['system-admin', 'security-admin', 'auditor'])

/** role → permission `<module>.<action>` → scope. */
export type RoleTable = ReadonlyMap<string, ReadonlyMap<string, Scope>>

const width = (scope: Scope): number => SCOPES.indexOf(scope)

/** Turns the access matrices of all modules, by module id, round into one table by role; made once at start. */
export function roleTable(matrices: readonly (readonly [module: string, matrix: AccessMatrix])[]): RoleTable {
  const table = new Map<string, Map<string, Scope>>()
  for (const [module, matrix] of matrices) {
    for (const [action, roles] of Object.entries(matrix)) {
      for (const [role, scope] of Object.entries(roles)) {
        const permissions = table.get(role) ?? new Map<string, Scope>()
        table.set(role, permissions.set(`${module}.${action}`, scope))
      }
    }
  }
  return table
}

/** Permission → the ways in which it reaches records. */
export type Compiled = ReadonlyMap<string, readonly Reach[]>

/** What a person may do in a post at `home`, by her grants. */
export function compile(table: RoleTable, home: Place, grants: readonly Grant[]): Compiled {
  const administrations = grants.filter(({ role }) => ADMINISTRATIONS.has(role))
  const held = administrations.length > 0 ? administrations : [{ role: 'everyone', ...home }, ...grants]
  const compiled = new Map<string, Reach[]>()
  for (const { role, unitId, organisationId } of held) {
    for (const [permission, scope] of table.get(role) ?? []) {
      const reaches = compiled.get(permission) ?? []
      reaches.push({ scope, unitId, organisationId })
      compiled.set(permission, reaches)
    }
  }
  return compiled
}

/** The widest scope among several ways. */
export const widest = (reaches: readonly Reach[]): Scope | null =>
  reaches.reduce<Scope | null>((best, { scope }) => (best === null || width(scope) > width(best) ? scope : best), null)
