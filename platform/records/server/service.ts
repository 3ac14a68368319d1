import type { ServerContext } from '#platform/db/server/context.ts'
import type { RecordsService } from '../contract.ts'
import { createRecord, insertRecord } from './create.ts'
import { labelsOf } from './labels.ts'
import { requireSight } from './rights.ts'
import { fieldHistory } from './revisions.ts'
import { indexRecord, saveChange, withShapes } from './save.ts'
import { shareWithOwners } from './share.ts'
import { startRecord } from './start.ts'
import { entityOf, rowOf } from './table.ts'
import { ruleRecord, textsOf } from './view.ts'

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
  async set(entity, id, change) {
    const found = entityOf(ctx, entity)
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
  async handIn(entity, values) {
    const { id, version } = await createRecord(ctx, entity, values)
    await startRecord(ctx, entity, id, version, {})
    return this.rule(entity, id)
  },
  async texts(entity, id) {
    const found = entityOf(ctx, entity)
    const { values } = ruleRecord(found.entity, await rowOf(ctx, found.entity, id))
    return textsOf(found.entity, values, await labelsOf(ctx, found.entity, [values], []))
  },
  history: (entity, id, field) => fieldHistory(ctx, entity, id, field),
})
