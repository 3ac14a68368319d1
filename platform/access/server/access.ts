import type { Scope } from '#kit/access.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import type { AccessService, Principal } from '../contract.ts'
import { widest } from '../compile.ts'
import { ownerPrincipals, scopePrincipals } from '../principals.ts'
import { preparedRights, prepareRights, readRights } from './rights.ts'
import type { Rights } from './rights.ts'
import { hide, seesUnder, showAll, shown, whoSees } from './visibility.ts'

/** Rights of the context's actor, worked out once for the context unless they are prepared. */
function rightsOf(ctx: ServerContext): () => Promise<Rights> {
  let reading: Promise<Rights> | undefined
  return async () => {
    const actor = actorOf(ctx)
    const known = preparedRights(actor)
    if (known !== undefined) return known
    reading ??= readRights(ctx, actor)
    return reading
  }
}

export function createAccess(ctx: ServerContext): AccessService {
  const rights = rightsOf(ctx)
  const scope = async (permission: string): Promise<Scope | null> => widest((await rights()).compiled.get(permission) ?? [])
  const readPrincipals = async (permission: string): Promise<readonly Principal[]> => {
    await shown.flush(ctx)
    const { compiled, shared, rootId } = await rights()
    return [...shared, ...scopePrincipals(compiled.get(permission) ?? [], rootId)]
  }
  return {
    scope,
    may: async (permission) => (await scope(permission)) !== null,
    async require(permission) {
      if ((await scope(permission)) === null) ctx.fail('access.denied')
    },
    async permissions() {
      const { compiled } = await rights()
      return Object.fromEntries([...compiled].flatMap(([permission, reaches]) => {
        const best = widest(reaches)
        return best === null ? [] : [[permission, best]]
      }))
    },
    readPrincipals,
    ownerPrincipals: async (unitId) => ownerPrincipals(await ctx.use(Org).lineage(unitId)),
    show: (entity, objectId, sortTime, principals) => showAll(ctx, entity, [{ objectId, sortTime, principals }]),
    showAll: (entity, objects) => showAll(ctx, entity, objects),
    hide: (entity, objectId, principals) => hide(ctx, entity, objectId, principals),
    sees: async (entity, objectId, permission) => seesUnder(ctx, entity, objectId, await readPrincipals(permission)),
    whoSees: (entity, objectId) => whoSees(ctx, entity, objectId),
    prepare: (actor) => prepareRights(ctx, actor),
  }
}
