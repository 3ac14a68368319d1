import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Database } from '#platform/db/server/database.ts'
import type { Finding } from '../../core/lint.ts'
import type { FieldTypes } from '../../core/lint-types.ts'

export type VersionKind = 'module' | 'uploaded'
export type VersionState = 'draft' | 'published' | 'retired'
export type ModelAct = 'arrive' | 'upload' | 'publish' | 'roll-back' | 'retire' | 'discard'

/** A finding with the name of the element it points at; the element's id where it has none. */
export interface PlacedFinding extends Finding {
  readonly name: string
}

/** A version as lists show it: all but its text. */
export interface VersionHead {
  readonly entity: string
  readonly number: number
  readonly kind: VersionKind
  readonly title: string
  readonly state: VersionState
  /** Hash of what runs; null while findings keep it from running. */
  readonly ir: string | null
  /** Form it was checked against. */
  readonly form: string
  readonly findings: readonly PlacedFinding[]
  readonly note: string | null
  readonly created_at: Date
  readonly created_name: string | null
  readonly published_at: Date | null
  readonly published_name: string | null
}

export interface ModelVersion extends VersionHead {
  readonly xml: string
}

const head = sql`v.entity, v.number, v.kind, v.title, v.state, v.ir, v.form, v.findings, v.note, v.created_at, v.created_name, v.published_at, v.published_name`

async function heads(db: Database, where: RawBuilder<unknown>): Promise<readonly VersionHead[]> {
  return (await sql<VersionHead>`select ${head} from workflow_model_version v where ${where} order by v.entity, v.number desc`.execute(db)).rows
}

/** Versions of a model, the newest first. */
export const versionsOf = (db: Database, entity: string): Promise<readonly VersionHead[]> => heads(db, sql`v.entity = ${entity}`)

/** The published version of each model. */
export const publishedVersions = (db: Database): Promise<readonly VersionHead[]> => heads(db, sql`v.state = 'published'`)

export async function readVersion(db: Database, entity: string, number: number): Promise<ModelVersion | undefined> {
  return (await sql<ModelVersion>`select ${head}, v.xml from workflow_model_version v where v.entity = ${entity} and v.number = ${number}`.execute(db)).rows[0]
}

/** Hash of what new cases of an entity start with; undefined before the first start of the installation. */
export async function publishedHash(ctx: ServerContext, entity: string): Promise<string | undefined> {
  return (await sql<{ ir: string }>`select ir from workflow_model_version where entity = ${entity} and state = 'published'`.execute(ctx.db())).rows[0]?.ir
}

/** Locks a model, so that its acts come one after another; undefined when there is none. */
export async function lockModel(db: Database, entity: string): Promise<{ readonly title: string } | undefined> {
  return (await sql<{ title: string }>`select title from workflow_model where entity = ${entity} for update`.execute(db)).rows[0]
}

export async function keepModel(db: Database, entity: string, title: string): Promise<void> {
  await sql`insert into workflow_model (entity, title) values (${entity}, ${title}) on conflict (entity) do update set title = excluded.title`.execute(db)
}

export async function keepForm(db: Database, entity: string, version: string, fields: FieldTypes): Promise<void> {
  await sql`insert into workflow_form (entity, version, fields) values (${entity}, ${version}, ${JSON.stringify(fields)}::jsonb) on conflict do nothing`.execute(db)
}

export async function readForm(db: Database, entity: string, version: string): Promise<FieldTypes | undefined> {
  return (await sql<{ fields: FieldTypes }>`select fields from workflow_form where entity = ${entity} and version = ${version}`.execute(db)).rows[0]?.fields
}

/** Who acts, and when; without a person: the product itself. */
export interface By {
  readonly id: string | null
  readonly name: string | null
  readonly at: Date
}

export type NewVersion = Pick<ModelVersion, 'entity' | 'kind' | 'title' | 'xml' | 'ir' | 'form' | 'findings' | 'note'>

/** Adds a version as a draft; answers its number. The model is locked. */
export async function addVersion(db: Database, one: NewVersion, by: By): Promise<number> {
  const { rows } = await sql<{ n: number }>`update workflow_model set last_number = last_number + 1 where entity = ${one.entity} returning last_number as n`.execute(db)
  const number = rows[0]?.n
  if (number === undefined) throw new Error(`there is no model of ${one.entity}`)
  await sql`
    insert into workflow_model_version (entity, number, kind, title, state, xml, ir, form, findings, note, created_at, created_by, created_name)
    values (${one.entity}, ${number}, ${one.kind}, ${one.title}, 'draft', ${one.xml}, ${one.ir}, ${one.form}, ${JSON.stringify(one.findings)}::jsonb, ${one.note}, ${by.at}, ${by.id}, ${by.name})`.execute(db)
  return number
}

/** Lets a version be the published one in place of the one that was. The model is locked. */
export async function putInForce(db: Database, entity: string, number: number, by: By): Promise<void> {
  await sql`update workflow_model_version set state = 'retired' where entity = ${entity} and state = 'published' and number <> ${number}`.execute(db)
  await sql`update workflow_model_version set state = 'published', published_at = ${by.at}, published_by = ${by.id}, published_name = ${by.name} where entity = ${entity} and number = ${number}`.execute(db)
}

/** What was found in a draft when it was checked again; a version that ran keeps what was found then. */
export async function noteFindings(db: Database, { entity, number }: VersionHead, findings: readonly PlacedFinding[]): Promise<void> {
  await sql`update workflow_model_version set findings = ${JSON.stringify(findings)}::jsonb where entity = ${entity} and number = ${number}`.execute(db)
}

export async function dropDraft(db: Database, entity: string, number: number): Promise<void> {
  await sql`delete from workflow_model_version where entity = ${entity} and number = ${number} and state = 'draft'`.execute(db)
}

export async function noteAct(db: Database, act: { readonly entity: string; readonly number: number; readonly act: ModelAct; readonly note: string | null }, by: By): Promise<void> {
  await sql`insert into workflow_model_act (entity, number, act, note, at, by_id, by_name) values (${act.entity}, ${act.number}, ${act.act}, ${act.note}, ${by.at}, ${by.id}, ${by.name})`.execute(db)
}

export interface ActRow {
  readonly number: number
  readonly act: ModelAct
  readonly note: string | null
  readonly at: Date
  readonly by_name: string | null
}

const MOST_ACTS = 200

/** What was done to a model, the latest first. */
export async function actsOf(db: Database, entity: string): Promise<readonly ActRow[]> {
  return (await sql<ActRow>`select number, act, note, at, by_name from workflow_model_act where entity = ${entity} order by id desc limit ${MOST_ACTS}`.execute(db)).rows
}

/** Cases under way and ended by what they run on. */
export async function casesBy(db: Database, entity: string): Promise<ReadonlyMap<string, { readonly running: number; readonly ended: number }>> {
  const { rows } = await sql<{ ir: string; running: number; ended: number }>`
    select ir, (count(*) filter (where status in ('running', 'suspended')))::int as running, (count(*) filter (where status not in ('running', 'suspended')))::int as ended
    from workflow_case where entity = ${entity} group by ir`.execute(db)
  return new Map(rows.map(({ ir, running, ended }) => [ir, { running, ended }]))
}
