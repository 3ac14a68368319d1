import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { isUniqueViolation } from '#platform/db/server/transaction.ts'
import { raiseVersion } from '#platform/db/server/versions.ts'
import { UNIT_MOVED } from '../contract.ts'
import type { Unit, UnitMoved } from '../contract.ts'
import { writeUnitKeys } from './load.ts'
import { todayOf } from './rows.ts'
import { requireUnit } from './units.ts'

/** Any fixed number: changes of the tree wait for one another, so that two moves cannot make a circle together. */
const TREE_LOCK = 7_020_001

/** A unit that is about to change: locked against other changes, and still open. */
async function openUnit(ctx: ServerContext, id: string): Promise<Unit> {
  await sql`select pg_advisory_xact_lock(${TREE_LOCK})`.execute(ctx.db())
  const unit = await requireUnit(ctx, id)
  const { rows } = await sql`select from org_unit where id = ${id} and valid_to is null`.execute(ctx.db())
  if (rows.length === 0) ctx.fail('org.unit.closed', { name: unit.name })
  return unit
}

async function keepHistory(ctx: ServerContext, unit: Unit, kind: 'renamed' | 'moved' | 'closed', successorId: string | null = null): Promise<void> {
  await sql`
    insert into org_unit_change (unit_id, kind, at, by_person, former_name, former_short_name, former_parent_id, successor_id)
    values (${unit.id}, ${kind}, ${ctx.now}, ${ctx.actor?.personId ?? null}, ${unit.name}, ${unit.shortName}, ${unit.parentId}, ${successorId})`.execute(ctx.db())
}

async function failingOnSameName(ctx: ServerContext, name: string, change: () => Promise<unknown>): Promise<void> {
  try {
    await change()
  } catch (error) {
    if (isUniqueViolation(error, 'org_unit_sibling_name')) ctx.fail('org.unit.same-name', { name })
    throw error
  }
}

export async function renameUnit(ctx: ServerContext, id: string, name: string, shortName: string): Promise<void> {
  const unit = await openUnit(ctx, id)
  await failingOnSameName(ctx, name, () => sql`update org_unit set name = ${name}, short_name = ${shortName} where id = ${id}`.execute(ctx.db()))
  await keepHistory(ctx, unit, 'renamed')
  await writeUnitKeys(ctx, [{ id, name, shortName }])
  await raiseVersion(ctx.db(), 'rights')
}

/** Hangs the closure of a subtree under its new parent. */
async function rehang(ctx: ServerContext, id: string, parentId: string): Promise<void> {
  const db = ctx.db()
  await sql`
    delete from org_unit_closure c using org_unit_closure inner_part
    where inner_part.ancestor_id = ${id} and c.descendant_id = inner_part.descendant_id
      and c.ancestor_id not in (select descendant_id from org_unit_closure where ancestor_id = ${id})`.execute(db)
  await sql`
    insert into org_unit_closure (ancestor_id, descendant_id, depth)
    select a.ancestor_id, d.descendant_id, a.depth + d.depth + 1 from org_unit_closure a, org_unit_closure d
    where a.descendant_id = ${parentId} and d.ancestor_id = ${id}`.execute(db)
}

/** Order and organisation of all units at or below one follow from its parent anew. */
async function replace(ctx: ServerContext, id: string): Promise<void> {
  await sql`
    with recursive place (id, organisation_id, sort_path) as (
      select u.id, case when u.is_organisation then u.id else p.organisation_id end, p.sort_path || u.sort
      from org_unit u join org_unit p on p.id = u.parent_id where u.id = ${id}
      union all
      select u.id, case when u.is_organisation then u.id else place.organisation_id end, place.sort_path || u.sort
      from org_unit u join place on u.parent_id = place.id
    ) update org_unit u set organisation_id = place.organisation_id, sort_path = place.sort_path from place where u.id = place.id`.execute(ctx.db())
}

async function hang(ctx: ServerContext, unit: Unit, parentId: string): Promise<void> {
  const { rows } = await sql`select from org_unit_closure where ancestor_id = ${unit.id} and descendant_id = ${parentId}`.execute(ctx.db())
  if (rows.length > 0) ctx.fail('org.unit.cycle', { name: unit.name })
  await failingOnSameName(ctx, unit.name, () => sql`update org_unit set parent_id = ${parentId} where id = ${unit.id}`.execute(ctx.db()))
  await rehang(ctx, unit.id, parentId)
  await replace(ctx, unit.id)
  await keepHistory(ctx, unit, 'moved')
  const below = await sql<{ id: string }>`select descendant_id as id from org_unit_closure where ancestor_id = ${unit.id}`.execute(ctx.db())
  ctx.emit({ type: UNIT_MOVED, data: { unitIds: below.rows.map((row) => row.id) } satisfies UnitMoved })
}

export async function moveUnit(ctx: ServerContext, id: string, parentId: string): Promise<void> {
  const unit = await openUnit(ctx, id)
  await openUnit(ctx, parentId)
  await hang(ctx, unit, parentId)
  await raiseVersion(ctx.db(), 'rights')
}

async function requireEmpty(ctx: ServerContext, unit: Unit, today: string): Promise<void> {
  const { rows } = await sql<{ units: number; posts: number }>`
    select (select count(*)::integer from org_unit where parent_id = ${unit.id} and valid_to is null) as units,
      (select count(*)::integer from org_post where unit_id = ${unit.id} and (valid_to is null or valid_to >= ${today}::date)) as posts`.execute(ctx.db())
  const left = rows[0]
  if (left !== undefined && left.units + left.posts > 0) ctx.fail('org.unit.not-empty', { name: unit.name, ...left })
}

/** 合并: departments, posts, leaders in charge and role grants go over to the successor. */
async function handOver(ctx: ServerContext, from: string, to: string): Promise<void> {
  const db = ctx.db()
  const { rows } = await sql<{ id: string }>`select id from org_unit where parent_id = ${from} and valid_to is null order by sort_path, id`.execute(db)
  for (const child of rows) await hang(ctx, await requireUnit(ctx, child.id), to)
  await sql`update org_post set unit_id = ${to} where unit_id = ${from}`.execute(db)
  await sql`insert into org_oversight (person_id, unit_id, relation) select person_id, ${to}, relation from org_oversight where unit_id = ${from} on conflict do nothing`.execute(db)
  await sql`delete from org_oversight where unit_id = ${from}`.execute(db)
  await sql`
    insert into org_role_grant (person_id, post_id, role, unit_id, valid_to) select person_id, post_id, role, ${to}, valid_to from org_role_grant where unit_id = ${from}
    on conflict do nothing`.execute(db)
  await sql`delete from org_role_grant where unit_id = ${from}`.execute(db)
}

export async function closeUnit(ctx: ServerContext, id: string, successorId?: string): Promise<void> {
  const unit = await openUnit(ctx, id)
  const today = todayOf(ctx)
  if (successorId !== undefined) {
    await openUnit(ctx, successorId)
    await handOver(ctx, id, successorId)
  }
  await requireEmpty(ctx, unit, today)
  await sql`update org_unit set valid_to = ${today}::date, successor_id = ${successorId ?? null} where id = ${id}`.execute(ctx.db())
  await keepHistory(ctx, unit, 'closed', successorId ?? null)
  await raiseVersion(ctx.db(), 'rights')
}
