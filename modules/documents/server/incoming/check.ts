import { Org } from '#platform/org/contract.ts'
import type { CheckFunction } from '#platform/registry/server/module-server.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'

/** 主办 and 协办 are departments of the receiving organisation. */
export const checkIncoming: CheckFunction = async (ctx, values, record) => {
  const organisationId = record?.organisationId ?? actorOf(ctx).organisationId
  const departments = [values['lead'], values['assist']].flat().filter((id): id is string => typeof id === 'string')
  const units = await Promise.all(departments.map((id) => ctx.use(Org).unit(id)))
  if (units.some((unit) => unit?.organisationId !== organisationId)) ctx.fail('documents.incoming.departments')
}
