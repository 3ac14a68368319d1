import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { shanghaiDate } from '#base/civil-date.ts'
import { uuidV7 } from '#base/ids.ts'
import type { Actor } from '#kit/context.ts'
import { draftFields, draftRights, initialValue } from '#kit/draft.ts'
import type { Entity } from '#kit/entity.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import { Access } from '#platform/access/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Owner } from '#platform/records/contract.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { columnsOf } from './columns.ts'
import { detailOf } from './get.ts'
import { rightsOf } from './rights.ts'
import { bindFiles, indexRecord, withComputed, withShapes } from './save.ts'
import { shareWithOwners } from './share.ts'
import { createPermission, entityOf } from './table.ts'
import type { Found, RecordRow } from './table.ts'
import { titleOf } from './view.ts'
import { checkInput } from './check.ts'
import { writeRevision } from './revisions.ts'

type Values = Readonly<Record<string, unknown>>

/** What a new record's fields start with. */
export const initialValues = (entity: Entity, actor: Actor, today: string): Values => {
  const known = { me: actor.personId, 'my-unit': actor.unitId, today }
  return Object.fromEntries(Object.entries(entity.fields).filter(([, field]) => field.initial !== undefined).map(([key, field]) => [key, initialValue(field, known)]))
}

const ownerOf = ({ organisationId, unitId, personId, postId }: Actor): Owner => ({ organisationId, unitId, personId, postId })

/** Writes a new row in the entity's first state; `values` are canonical. */
export async function insertRecord(ctx: ServerContext, found: Found, values: Values, owner: Owner): Promise<RecordRow> {
  const { entity } = found
  const complete = await withComputed(ctx, found, values)
  const columns = {
    id: uuidV7(ctx.now.getTime(), randomBytes(10)), organisation_id: owner.organisationId, unit_id: owner.unitId, created_by: owner.personId, created_post: owner.postId,
    created_at: ctx.now, updated_at: ctx.now, updated_by: owner.personId, version: 1, state: Object.keys(entity.states)[0] ?? 'draft',
    title: await titleOf(ctx, entity, complete), ...columnsOf(entity, complete),
  }
  const names = Object.keys(columns).map((name) => sql.ref(name))
  const { rows } = await sql<RecordRow>`insert into ${sql.table(entity.name)} (${sql.join(names)}) values (${sql.join(Object.values(columns))}) returning *`.execute(ctx.db())
  const row = rows[0] ?? ctx.fail('records.missing')
  await writeRevision(ctx, entity, row, {}, complete)
  await bindFiles(ctx, found, row.id, {}, complete)
  return row
}

/** Writes what the actor typed into a new record's form, after the checks of who may and what fits. */
export async function writeDraft(ctx: ServerContext, found: Found, input: Values): Promise<RecordRow> {
  await ctx.use(Access).require(createPermission(found))
  const rights = draftRights(found.entity, draftFields(found.entity, found.module.definition.flows))
  const given = await checkInput(ctx, found, input, (key) => rights[key] === 'write', null)
  const actor = actorOf(ctx)
  const values = { ...initialValues(found.entity, actor, shanghaiDate(ctx.now)), ...withShapes(ctx, found, given) }
  return insertRecord(ctx, found, values, ownerOf(actor))
}

/** Opens a new record: a draft that only its writer sees, or, without a flow, at once what its unit shares. */
export async function createRecord(ctx: ServerContext, name: string, input: Values): Promise<RecordDetailWire> {
  const found = entityOf(ctx, name)
  const row = await writeDraft(ctx, found, input)
  await shareWithOwners(ctx, found, row)
  await indexRecord(ctx, found, row)
  return detailOf(ctx, found, row, await rightsOf(ctx, found, row))
}
