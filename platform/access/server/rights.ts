import type { Actor } from '#kit/context.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import { registryOf } from '#platform/registry/server/of.ts'
import type { Registry } from '#platform/registry/server/registry.ts'
import type { Principal } from '../contract.ts'
import { ADMINISTRATIONS, compile, roleTable } from '../compile.ts'
import type { Compiled, RoleTable } from '../compile.ts'
import { sharedPrincipals } from '../principals.ts'

/** All that follows from an actor's post and roles. */
export interface Rights {
  readonly compiled: Compiled
  readonly shared: readonly Principal[]
  /** The district: root of the tree in which the acting post stands. */
  readonly rootId: string
  /** One of the three administrations, which read no business data. */
  readonly administration: boolean
}

const tables = new WeakMap<Registry, RoleTable>()

function tableOf(registry: Registry): RoleTable {
  const known = tables.get(registry)
  if (known !== undefined) return known
  const table = roleTable([
    ...registry.services.flatMap(({ id, access }) => (access === undefined ? [] : [[id, access] as const])),
    ...registry.modules.map(({ definition }) => [definition.id, definition.access] as const),
  ])
  tables.set(registry, table)
  return table
}

/** Works an actor's rights out from the directory as it is now. */
export async function readRights(ctx: ServerContext, actor: Actor): Promise<Rights> {
  const org = ctx.use(Org)
  const grants = await org.grants(actor.postId)
  const lineage = await org.lineage(actor.unitId)
  const administration = grants.some(({ role }) => ADMINISTRATIONS.has(role))
  return {
    compiled: compile(tableOf(registryOf(ctx)), actor, grants),
    shared: administration ? [] : sharedPrincipals(actor.personId, lineage, grants),
    rootId: lineage.at(-1)?.id ?? actor.organisationId,
    administration,
  }
}

/**
 * Rights by actor object. Identity makes a new object whenever rights may have changed (see `versionOf`), so nothing here needs to be taken back.
 * Only what was read outside a transaction is kept: a command that is rolled back must leave no trace.
 */
const prepared = new WeakMap<Actor, Rights>()

export async function prepareRights(ctx: ServerContext, actor: Actor): Promise<void> {
  if (ctx.inTransaction) throw new Error('rights are prepared outside transactions')
  prepared.set(actor, await readRights(ctx, actor))
}

export const preparedRights = (actor: Actor): Rights | undefined => prepared.get(actor)
