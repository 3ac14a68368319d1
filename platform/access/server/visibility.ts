import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { deferred } from '#platform/db/server/deferred.ts'
import type { Write } from '#platform/db/server/deferred.ts'
import { Org } from '#platform/org/contract.ts'
import type { Principal, Shown } from '../contract.ts'
import { roleLabel } from '../roles.ts'

interface Row {
  readonly entity: string
  readonly principal: Principal
  readonly sortTime: Date
  readonly objectId: string
}

const writeOf = (_ctx: ServerContext, rows: readonly Row[]): Write => ({
  insert: sql`
    insert into access_visibility (entity, principal, sort_time, object_id)
    select entity, principal, sort_time, object_id from unnest(
      ${rows.map((row) => row.entity)}::text[], ${rows.map((row) => row.principal)}::text[], ${rows.map((row) => row.sortTime.toISOString())}::timestamptz[],
      ${rows.map((row) => row.objectId)}::uuid[]
    ) as v(entity, principal, sort_time, object_id) on conflict do nothing`,
})

/** Written when the command ends, or before anybody asks in it who sees what. */
export const shown = deferred(writeOf)

export const showAll = (ctx: ServerContext, entity: string, objects: readonly Shown[]): Promise<void> =>
  shown.add(ctx, objects.flatMap(({ objectId, sortTime, principals }) => [...new Set(principals)].map((principal) => ({ entity, objectId, sortTime, principal }))))

export async function hide(ctx: ServerContext, entity: string, objectId: string, principals: readonly Principal[]): Promise<void> {
  await shown.flush(ctx)
  await sql`delete from access_visibility where object_id = ${objectId} and entity = ${entity} and principal = any(${principals}::text[])`.execute(ctx.db())
}

export async function seesUnder(ctx: ServerContext, entity: string, objectId: string, principals: readonly Principal[]): Promise<boolean> {
  const { rows } = await sql`
    select from access_visibility where object_id = ${objectId} and entity = ${entity} and principal = any(${principals}::text[]) limit 1`.execute(ctx.db())
  return rows.length > 0
}

/** What a principal means to an official reading 「谁能看到这条」. */
function explain(principal: Principal, names: Readonly<Record<string, string>>): string {
  const [kind = '', first = '', second = ''] = principal.split(':')
  const name = names[kind === 'r' ? second : first] ?? '（已撤销）'
  switch (kind) {
    case 'p':
      return name
    case 'm':
      return `${name}及其下级的全体人员`
    case 'r':
      return `${name}的${roleLabel(first)}`
    case 'u':
      return `${name}中可查看本部门的人员`
    case 'b':
      return `${name}中可查看本部门及下级的人员`
    default:
      return `${name}中可查看本单位的人员`
  }
}

export async function whoSees(ctx: ServerContext, entity: string, objectId: string): Promise<readonly { principal: Principal; name: string }[]> {
  await shown.flush(ctx)
  const { rows } = await sql<{ principal: string }>`
    select principal from access_visibility where object_id = ${objectId} and entity = ${entity} order by position(left(principal, 1) in 'prmubo'), principal`.execute(ctx.db())
  const names = await ctx.use(Org).names(rows.map(({ principal }) => principal.split(':').at(-1) ?? ''))
  return rows.map(({ principal }) => ({ principal, name: explain(principal, names) }))
}
