import type { Scope } from '#kit/access.ts'
import { contract } from '#kit/context.ts'
import type { Actor } from '#kit/context.ts'

/**
 * One who may see. Two kinds that are never mixed:
 * - shared with, seen whatever one's scope: `p:<person>` (writer, participants, readers), `m:<unit>` (everybody in the unit or below it),
 *   `r:<role>:<unit>` (holders of a role in a unit);
 * - the owner's side, seen by those whose permission reaches that far: `u:<unit>`, `b:<each unit from there up to the district>`, `o:<organisation>`.
 *   The whole district is `b:<root>`.
 */
export type Principal = string

export interface Shown {
  readonly objectId: string
  readonly sortTime: Date
  readonly principals: readonly Principal[]
}

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
  /** Principals of the owner's side for a record that belongs to this unit. */
  ownerPrincipals(unitId: string): Promise<readonly Principal[]>
  /** Makes an object visible; `sortTime` keeps lists in order, so it is the record's creation time. Repeats do nothing. */
  show(entity: string, objectId: string, sortTime: Date, principals: readonly Principal[]): Promise<void>
  /** The same for many objects at once. */
  showAll(entity: string, objects: readonly Shown[]): Promise<void>
  hide(entity: string, objectId: string, principals: readonly Principal[]): Promise<void>
  sees(entity: string, objectId: string, permission: string): Promise<boolean>
  /** 「谁能看到这条」: principals and why. */
  whoSees(entity: string, objectId: string): Promise<readonly { principal: Principal; name: string }[]>
  /** Keeps the actor's rights with this very object, so that later requests that use it need not ask for them again. Not within a transaction. */
  prepare(actor: Actor): Promise<void>
}

export const Access = contract<AccessService>('access')
