import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Failure } from '#kit/failure.ts'
import type { RecordWire } from '#kit/wire/record.ts'
import { Audit } from '#platform/audit/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { DescribedRoute } from '#platform/http/server/described-route.ts'
import { parseInput } from '#platform/http/server/parse-input.ts'
import { requestActor } from '#platform/http/server/run-route.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { workbook } from './export.ts'
import { listRecords } from './list.ts'
import type { ListInput } from './query.ts'
import { entityOf } from './table.ts'

const MOST = 10_000
const PAGE = 200

const query = z.object({ filter: z.string().max(20_000).optional(), search: z.string().max(200).optional(), sort: z.string().max(64).optional(), columns: z.string().max(2000).optional() })

export const exportDescriptions: readonly DescribedRoute[] = [
  {
    method: 'GET', path: '/api/records/:entity/export', title: '导出列表为 XLSX', tag: 'records', input: query.extend({ entity: z.string().max(64) }),
    answer: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  },
]

async function allRecords(ctx: ServerContext, entity: string, input: ListInput): Promise<RecordWire[]> {
  const records: RecordWire[] = []
  let after: string | undefined
  do {
    const page = await listRecords(ctx, entity, { ...input, limit: PAGE, ...(after !== undefined && { after }) })
    records.push(...page.items)
    if (records.length > MOST) ctx.fail('records.export.large', { most: MOST })
    after = page.next ?? undefined
  } while (after !== undefined)
  return records
}

async function exportRecords(ctx: ServerContext, name: string, { columns, ...input }: z.output<typeof query>): Promise<{ label: string; bytes: Uint8Array }> {
  const { entity, module } = entityOf(ctx, name)
  const shown = columns?.split(',') ?? module.definition.views.find((views) => views.entity === name)?.list.columns ?? ['number', 'title', 'state', 'createdAt']
  const records = await allRecords(ctx, name, input)
  await ctx.use(Audit).record({ action: 'records.export', object: { type: name, id: '' }, difference: { count: records.length } })
  return { label: entity.label, bytes: await workbook(entity, shown, records) }
}

/** `GET /api/records/:entity/export`: what the list shows, as a workbook. Audited like a command although it only reads. */
export function exportPlugin(app: FastifyInstance, runtime: Runtime): void {
  app.get<{ Params: { entity: string } }>('/api/records/:entity/export', async (request, reply) => {
    const actor = (await requestActor(runtime, request)) ?? (() => { throw new Failure('identity.signed-out') })()
    const input = parseInput(query, request)
    const { label, bytes } = await runtime.command(actor, (ctx) => exportRecords(ctx, request.params.entity, input), request.id)
    const name = encodeURIComponent(`${label}.xlsx`)
    return reply
      .header('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .header('content-disposition', `attachment; filename*=UTF-8''${name}`)
      .send(Buffer.from(bytes))
  })
}
