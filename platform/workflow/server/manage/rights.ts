import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
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

/** The cases whose flows the actor manages, as a condition on rows that say whose they are: `workflow_case c`, or another alias; 403 for those who manage none. */
export async function managedCases(ctx: ServerContext, alias = 'c'): Promise<RawBuilder<boolean>> {
  const managed = (await managedBy(ctx)) ?? ctx.fail('access.denied')
  return managed === 'district' ? sql<boolean>`true` : sql<boolean>`${sql.ref(`${alias}.organisation_id`)} = ${managed.organisation}`
}
