import { z } from 'zod'
import { recordDetailWire, recordListWire, revisionWire } from '#kit/wire/record.ts'
import { route } from '#platform/http/server/route.ts'
import type { Route } from '#platform/http/server/route.ts'
import { countRecords } from './count.ts'
import { createRecord } from './create.ts'
import { getRecord } from './get.ts'
import { listRecords } from './list.ts'
import { removeDraft } from './remove.ts'
import { requireSight, rightsOf } from './rights.ts'
import { revisionsOf } from './revisions.ts'
import { startRecord } from './start.ts'
import { entityOf, rowOf } from './table.ts'
import { updateRecord } from './update.ts'

const tag = 'records'
const entity = z.string().max(64)
const id = z.uuid()
const values = z.record(z.string().max(64), z.unknown())
const version = z.coerce.number().int().positive()
const filter = z.string().max(20_000).optional()
const search = z.string().max(200).optional()
const list = z.object({ entity, filter, search, sort: z.string().max(64).optional(), after: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) })

export const recordRoutes: readonly Route[] = [
  route({
    method: 'GET', path: '/api/records/:entity', title: '记录列表', tag, input: list, output: recordListWire,
    run: (ctx, input) => listRecords(ctx, input.entity, input),
  }),
  route({
    method: 'GET', path: '/api/records/:entity/count', title: '符合条件的记录数，最多数到 1000', tag,
    input: z.object({ entity, filter, search }), output: z.object({ count: z.int(), more: z.boolean() }),
    run: (ctx, input) => countRecords(ctx, input.entity, input),
  }),
  route({
    method: 'GET', path: '/api/records/:entity/:id', title: '一条记录', tag, input: z.object({ entity, id }), output: recordDetailWire,
    run: (ctx, input) => getRecord(ctx, input.entity, input.id),
  }),
  route({
    method: 'POST', path: '/api/records/:entity', title: '新建', tag, action: 'records.create', input: z.object({ entity, values }), output: recordDetailWire,
    run: (ctx, input) => createRecord(ctx, input.entity, input.values),
  }),
  route({
    method: 'PATCH', path: '/api/records/:entity/:id', title: '修改', tag, action: 'records.update', input: z.object({ entity, id, values, version }), output: recordDetailWire,
    run: (ctx, input) => updateRecord(ctx, input.entity, input.id, input.values, input.version),
  }),
  route({
    method: 'DELETE', path: '/api/records/:entity/:id', title: '删除本人草稿', tag, action: 'records.delete', input: z.object({ entity, id, version }), output: z.object({ done: z.literal(true) }),
    run: async (ctx, input) => {
      await removeDraft(ctx, input.entity, input.id, input.version)
      return { done: true as const }
    },
  }),
  route({
    method: 'POST', path: '/api/records/:entity/:id/start', title: '提交办理', tag, action: 'records.start',
    input: z.object({ entity, id, version, choices: z.record(z.string(), z.array(z.uuid()).max(200)).default({}) }), output: recordDetailWire,
    run: (ctx, input) => startRecord(ctx, input.entity, input.id, input.version, input.choices),
  }),
  route({
    method: 'GET', path: '/api/records/:entity/:id/revisions', title: '修改记录', tag, input: z.object({ entity, id }), output: z.object({ items: z.array(revisionWire) }),
    run: async (ctx, input) => {
      const found = entityOf(ctx, input.entity)
      const row = await rowOf(ctx, found.entity, input.id)
      await requireSight(ctx, found, row)
      const { fields } = await rightsOf(ctx, found, row)
      return { items: await revisionsOf(ctx, found.entity, input.id, (key) => Object.hasOwn(fields, key)) }
    },
  }),
]
