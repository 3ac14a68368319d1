import { Access } from '#platform/access/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'

/** The organisation whose flows the actor manages; `district`: all of them; null: none. */
export async function managedBy(ctx: ServerContext): Promise<{ readonly organisation: string } | 'district' | null> {
  const scope = await ctx.use(Access).scope('workflow.manage')
  return scope === null ? null : scope === 'district' ? scope : { organisation: actorOf(ctx).organisationId }
}

/** True when the actor manages the flows of the organisation a record belongs to; the record is read only for those who manage any. */
export async function manages(ctx: ServerContext, read: () => Promise<{ readonly organisationId: string }>): Promise<boolean> {
  const managed = await managedBy(ctx)
  return managed === 'district' || (managed !== null && managed.organisation === (await read()).organisationId)
}
