import { shanghaiDate } from '#base/civil-date.ts'
import { draftFields, draftRights } from '#kit/draft.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import type { RecordsService } from '../contract.ts'
import { initialValues, insertRecord, writeDraft } from './create.ts'
import { labelsOf } from './labels.ts'
import { hasFlow, requireSight } from './rights.ts'
import { fieldHistory } from './revisions.ts'
import { indexRecord, markRecord, saveChange, withComputed, withShapes } from './save.ts'
import { shareWithOwners } from './share.ts'
import { handIn } from './start.ts'
import { entityOf, rowOf } from './table.ts'
import { updateRecord } from './update.ts'
import { validate } from './validate.ts'
import { ruleRecord, textsOf, titleOf } from './view.ts'

/** Id of a record that is only imagined. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

export const recordsService = (ctx: ServerContext): RecordsService => ({
  async rule(entity, id) {
    const found = entityOf(ctx, entity)
    return ruleRecord(found.entity, await rowOf(ctx, found.entity, id))
  },
  async visible(entity, id) {
    const found = entityOf(ctx, entity)
    const row = await rowOf(ctx, found.entity, id)
    await requireSight(ctx, found, row)
    return ruleRecord(found.entity, row)
  },
  async imagine(entity, input) {
    const found = entityOf(ctx, entity)
    const actor = actorOf(ctx)
    const { personId, postId, unitId, organisationId } = actor
    const rights = draftRights(found.entity, draftFields(found.entity, found.module.definition.flows))
    const given = validate(found.entity, input, (key) => rights[key] === 'write').values
    const values = await withComputed(ctx, found, { ...initialValues(found.entity, actor, shanghaiDate(ctx.now)), ...given })
    return {
      id: NOBODY, entity, number: null, title: await titleOf(ctx, found.entity, values), state: Object.keys(found.entity.states)[0] ?? '', values,
      createdBy: personId, createdPost: postId, unitId, organisationId, createdAt: ctx.now, version: 1, caseId: null,
    }
  },
  async update(entity, id, values, version) {
    await updateRecord(ctx, entity, id, values, version)
  },
  async set(entity, id, change) {
    const found = entityOf(ctx, entity)
    if (change.values === undefined) return ruleRecord(found.entity, await markRecord(ctx, found, id, change))
    const row = await rowOf(ctx, found.entity, id, { lock: true })
    return ruleRecord(found.entity, await saveChange(ctx, found, row, change))
  },
  async open(entity, values, owner) {
    const found = entityOf(ctx, entity)
    const row = await insertRecord(ctx, found, withShapes(ctx, found, values), owner)
    await shareWithOwners(ctx, found, row, { draft: false })
    await indexRecord(ctx, found, row)
    return ruleRecord(found.entity, row)
  },
  async handIn(entity, values, options) {
    const found = entityOf(ctx, entity)
    if (!hasFlow(found)) ctx.fail('records.no-flow', { label: found.entity.label })
    return ruleRecord(found.entity, await handIn(ctx, found, await writeDraft(ctx, found, values), {}, options))
  },
  async texts(entity, id) {
    const found = entityOf(ctx, entity)
    const { values } = ruleRecord(found.entity, await rowOf(ctx, found.entity, id))
    return textsOf(found.entity, values, await labelsOf(ctx, found.entity, [values], []))
  },
  history: (entity, id, field) => fieldHistory(ctx, entity, id, field),
})
