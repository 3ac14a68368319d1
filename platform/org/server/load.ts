import { sql } from 'kysely'
import { parentsFirst } from '#base/tree.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { raiseVersion } from '#platform/db/server/versions.ts'
import type { Directory } from '../contract.ts'
import { sortLevel } from '../data/ranks.ts'
import { grantAll } from './grants.ts'
import { todayOf } from './rows.ts'
import { personKeys, unitKeys } from './search-keys.ts'

/** Installed long before any record: units without a date hold from here on. */
const BEGINNING = '2000-01-01'

type UnitInput = Directory['units'][number]

interface Place {
  readonly organisationId: string
  readonly sortPath: readonly number[]
}

async function placesOf(ctx: ServerContext, ids: readonly string[]): Promise<Map<string, Place>> {
  const { rows } = await sql<{ id: string; organisation_id: string; sort_path: number[] }>`
    select id, organisation_id, sort_path from org_unit where id = any(${ids}::uuid[])`.execute(ctx.db())
  return new Map(rows.map((row) => [row.id, { organisationId: row.organisation_id, sortPath: row.sort_path }]))
}

/** Organisation and order of each new unit follow from those above it; a root is an organisation of its own. */
async function placed(ctx: ServerContext, units: readonly UnitInput[]): Promise<(UnitInput & Place)[]> {
  const places = await placesOf(ctx, units.flatMap((unit) => unit.parentId ?? []))
  return parentsFirst(units.map((unit) => ({ id: unit.id, parent: unit.parentId, unit }))).map(({ unit }) => {
    const above = unit.parentId === null ? undefined : places.get(unit.parentId)
    if (unit.parentId !== null && above === undefined) ctx.fail('org.unit.missing')
    const place = { organisationId: unit.isOrganisation || above === undefined ? unit.id : above.organisationId, sortPath: [...(above?.sortPath ?? []), unit.order] }
    places.set(unit.id, place)
    return { ...unit, ...place }
  })
}

export async function insertUnits(ctx: ServerContext, units: readonly UnitInput[], validFrom: string): Promise<void> {
  const rows = JSON.stringify(await placed(ctx, units))
  await sql`
    insert into org_unit (id, parent_id, name, short_name, kind, is_organisation, organisation_id, code, doc_code, sort, sort_path, valid_from)
    select id, "parentId", name, "shortName", kind, "isOrganisation", "organisationId", code, "docCode", "order",
      array(select n::integer from jsonb_array_elements_text("sortPath") with ordinality as e(n, place) order by place), ${validFrom}::date
    from jsonb_to_recordset(${rows}::jsonb) as u(id uuid, "parentId" uuid, name text, "shortName" text, kind text, "isOrganisation" boolean,
      "organisationId" uuid, code text, "docCode" text, "order" integer, "sortPath" jsonb)`.execute(ctx.db())
  const ids = units.map((unit) => unit.id)
  await sql`
    insert into org_unit_closure (ancestor_id, descendant_id, depth)
    with recursive up (ancestor_id, descendant_id, depth) as (
      select id, id, 0 from org_unit where id = any(${ids}::uuid[])
      union all select u.parent_id, up.descendant_id, up.depth + 1 from up join org_unit u on u.id = up.ancestor_id where u.parent_id is not null
    ) select ancestor_id, descendant_id, depth from up`.execute(ctx.db())
  await writeUnitKeys(ctx, units)
}

export async function writeUnitKeys(ctx: ServerContext, units: readonly Pick<UnitInput, 'id' | 'name' | 'shortName'>[]): Promise<void> {
  await sql`delete from org_unit_key where unit_id = any(${units.map((unit) => unit.id)}::uuid[])`.execute(ctx.db())
  const keys = JSON.stringify(units.flatMap(({ id, name, shortName }) => unitKeys(name, shortName).map((key) => ({ id, ...key }))))
  await sql`
    insert into org_unit_key (key, unit_id, weight)
    select key, id, weight from jsonb_to_recordset(${keys}::jsonb) as k(key text, id uuid, weight smallint)`.execute(ctx.db())
}

async function insertPeople(ctx: ServerContext, people: Directory['people']): Promise<void> {
  await sql`
    insert into org_person (id, name, phone, office_phone) select id, name, phone, "officePhone"
    from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as n(id uuid, name text, phone text, "officePhone" text)`.execute(ctx.db())
  const keys = JSON.stringify(people.flatMap(({ id, name, phone, officePhone }) => personKeys(name, [phone ?? null, officePhone ?? null]).map((key) => ({ id, ...key }))))
  await sql`
    insert into org_person_key (key, person_id, weight)
    select key, id, weight from jsonb_to_recordset(${keys}::jsonb) as k(key text, id uuid, weight smallint)`.execute(ctx.db())
}

async function insertPosts(ctx: ServerContext, posts: Directory['posts']): Promise<void> {
  const rows = posts.map((post) => ({ ...post, level: sortLevel(post.dutyRank, post.gradeRank) }))
  await sql`
    insert into org_post (id, person_id, unit_id, kind, title, main, duty_rank, grade_rank, level, leader_order, sort, valid_from, valid_to)
    select id, "personId", "unitId", kind, title, main, "dutyRank", "gradeRank", level, "leaderOrder", "order", "from", "to"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p(id uuid, "personId" uuid, "unitId" uuid, kind text, title text, main boolean,
      "dutyRank" text, "gradeRank" text, level integer, "leaderOrder" integer, "order" integer, "from" date, "to" date)`.execute(ctx.db())
}

async function insertOversight(ctx: ServerContext, oversight: Directory['oversight']): Promise<void> {
  await sql`
    insert into org_oversight (person_id, unit_id, relation) select "personId", "unitId", relation
    from jsonb_to_recordset(${JSON.stringify(oversight)}::jsonb) as v("personId" uuid, "unitId" uuid, relation text)`.execute(ctx.db())
}

/** Adds a directory, or a part of one, in the caller's transaction. */
export async function load(ctx: ServerContext, directory: Directory): Promise<void> {
  await insertUnits(ctx, directory.units, BEGINNING)
  await insertPeople(ctx, directory.people)
  await insertPosts(ctx, directory.posts)
  await insertOversight(ctx, directory.oversight)
  await grantAll(ctx, directory.grants)
  await raiseVersion(ctx.db(), 'rights')
}

export async function addUnit(ctx: ServerContext, unit: UnitInput): Promise<void> {
  await insertUnits(ctx, [unit], todayOf(ctx))
}
