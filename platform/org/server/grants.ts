import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { isForeignKeyViolation } from '#platform/db/server/transaction.ts'
import { raiseVersion } from '#platform/db/server/versions.ts'
import type { Grant, GrantOrder } from '../contract.ts'
import { todayOf } from './rows.ts'

const FAMILIES: Readonly<Record<string, string>> = { 'system-admin': 'system', 'security-admin': 'security', auditor: 'audit' }

export async function grants(ctx: ServerContext, postId: string): Promise<Grant[]> {
  const { rows } = await sql<{ role: string; unit_id: string; organisation_id: string }>`
    select g.role, g.unit_id, u.organisation_id from org_post p
    join org_role_grant g on g.person_id = p.person_id and (g.post_id = p.id or g.post_id is null)
    join org_unit u on u.id = g.unit_id
    where p.id = ${postId} and (g.valid_to is null or g.valid_to >= ${todayOf(ctx)}::date) order by g.role, g.unit_id`.execute(ctx.db())
  return rows.map((row) => ({ role: row.role, unitId: row.unit_id, organisationId: row.organisation_id }))
}

/**
 * Puts the people of these orders into the family of their roles. Whoever already holds a role of another family cannot leave it: the foreign
 * key of the grants answers, which also decides between two grants written at the same moment.
 */
async function joinFamilies(ctx: ServerContext, orders: readonly GrantOrder[]): Promise<void> {
  const families = new Map(orders.map((order) => [order.personId, FAMILIES[order.role] ?? 'business']))
  const rows = JSON.stringify([...families].map(([id, family]) => ({ id, family })))
  await sql`
    update org_person n set role_family = f.family from jsonb_to_recordset(${rows}::jsonb) as f(id uuid, family text)
    where n.id = f.id and n.role_family <> f.family`.execute(ctx.db())
}

async function write(ctx: ServerContext, orders: readonly GrantOrder[]): Promise<void> {
  await joinFamilies(ctx, orders)
  const rows = JSON.stringify(orders)
  await sql`
    insert into org_role_grant (person_id, post_id, role, unit_id, valid_to)
    select "personId", "postId", role, "unitId", "validTo"
    from jsonb_to_recordset(${rows}::jsonb) as g("personId" uuid, "postId" uuid, role text, "unitId" uuid, "validTo" date)
    on conflict (person_id, post_id, role, unit_id) do update set valid_to = excluded.valid_to`.execute(ctx.db())
}

export async function grantAll(ctx: ServerContext, orders: readonly GrantOrder[]): Promise<void> {
  if (orders.length === 0) return
  try {
    await write(ctx, orders)
  } catch (error) {
    if (isForeignKeyViolation(error, 'org_role_grant_person_id_family_fkey')) ctx.fail('org.role.separated')
    throw error
  }
  await raiseVersion(ctx.db(), 'rights')
}

export async function revoke(ctx: ServerContext, order: Omit<GrantOrder, 'validTo'>): Promise<void> {
  await sql`
    delete from org_role_grant where person_id = ${order.personId} and post_id is not distinct from ${order.postId ?? null}
      and role = ${order.role} and unit_id = ${order.unitId}`.execute(ctx.db())
  await raiseVersion(ctx.db(), 'rights')
}
