import { sql } from 'kysely'
import { shanghaiDate } from '#base/civil-date.ts'
import type { UnitWire, PostWire } from '#kit/wire/org.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { PersonHit, PostKind, Unit, UnitKind } from '../contract.ts'

export interface UnitRow {
  readonly id: string
  readonly parent_id: string | null
  readonly name: string
  readonly short_name: string
  readonly kind: UnitKind
  readonly is_organisation: boolean
  readonly organisation_id: string
  readonly doc_code: string | null
  readonly sort: number
}

export const UNIT = sql`u.id, u.parent_id, u.name, u.short_name, u.kind, u.is_organisation, u.organisation_id, u.doc_code, u.sort`

export const unitOf = (row: UnitRow): Unit => ({
  id: row.id, parentId: row.parent_id, name: row.name, shortName: row.short_name, kind: row.kind, isOrganisation: row.is_organisation,
  organisationId: row.organisation_id, docCode: row.doc_code, order: row.sort,
})

export const unitWireOf = (unit: Unit, hasChildren: boolean): UnitWire => ({
  id: unit.id, parentId: unit.parentId, name: unit.name, shortName: unit.shortName, kind: unit.kind, isOrganisation: unit.isOrganisation,
  organisationId: unit.organisationId, hasChildren,
})

export interface PostRow {
  readonly id: string
  readonly person_id: string
  readonly person_name: string
  readonly unit_id: string
  readonly unit_name: string
  readonly organisation_id: string
  readonly organisation_name: string
  readonly title: string
  readonly kind: PostKind
  readonly main: boolean
  readonly level: number
  readonly phone: string | null
}

export const POST = sql`p.id, p.person_id, n.name as person_name, p.unit_id, u.short_name as unit_name, u.organisation_id,
  o.short_name as organisation_name, p.title, p.kind, p.main, p.level, n.phone`

export const FROM_POST = sql`org_post p join org_person n on n.id = p.person_id join org_unit u on u.id = p.unit_id join org_unit o on o.id = u.organisation_id`

/** Display order: the district's leaders in their order, then by unit, post and rank; never by pinyin. */
export const DISPLAY_ORDER = sql`p.leader_order nulls last, u.sort_path, p.sort, p.level, p.id`

export const todayOf = (ctx: ServerContext): string => shanghaiDate(ctx.now)

/** True for posts (`p`) that hold on this day. */
export const validOn = (day: string) => sql<boolean>`(p.valid_from <= ${day}::date and (p.valid_to is null or p.valid_to >= ${day}::date))`

export const postOf = (row: PostRow): PersonHit => ({
  id: row.id, personId: row.person_id, personName: row.person_name, unitId: row.unit_id, unitName: row.unit_name, organisationId: row.organisation_id,
  organisationName: row.organisation_name, title: row.title, kind: row.kind, level: row.level, main: row.main, phone: row.phone,
})

export const postWireOf = (post: PersonHit): PostWire => ({
  postId: post.id, personId: post.personId, name: post.personName, title: post.title, unitId: post.unitId, unitName: post.unitName,
  organisationName: post.organisationName, phone: post.phone, main: post.main,
})
