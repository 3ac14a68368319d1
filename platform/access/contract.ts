import type { Scope } from '#kit/access.ts'
import { contract } from '#kit/context.ts'

/**
 * One who may see: `p:<person>`, `u:<unit>` (the unit's members), `b:<unit>` (the unit and all below), `o:<organisation>`, `d` (the district),
 * `r:<role>:<unit>` (holders of a role in a unit).
 */
export type Principal = string

export interface AccessService {
  /** The scope the actor has for a permission `<module>.<action>` in the acting post, or null. */
  scope(permission: string): Promise<Scope | null>
  may(permission: string): Promise<boolean>
  /** Ends with 403 `access.denied` unless the actor has the permission. */
  require(permission: string): Promise<void>
  /** All permissions of the actor with their scopes: what the pages show. */
  permissions(): Promise<Readonly<Record<string, Scope>>>
  /** Principals under which rows are looked up for this permission: own and participated ones always, wider ones by scope. */
  readPrincipals(permission: string): Promise<readonly Principal[]>
  /** Makes an object visible; `sortTime` keeps lists in order, so it is the record's creation time. Repeats do nothing. */
  show(entity: string, objectId: string, sortTime: Date, principals: readonly Principal[]): Promise<void>
  hide(entity: string, objectId: string, principals: readonly Principal[]): Promise<void>
  sees(entity: string, objectId: string, permission: string): Promise<boolean>
  /** 「谁能看到这条」: principals and why. */
  whoSees(entity: string, objectId: string): Promise<readonly { principal: Principal; name: string }[]>
}

export const Access = contract<AccessService>('access')
