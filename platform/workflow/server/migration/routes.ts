import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { migratedCaseWire, migrationReportWire, migrationStepsWire, migrationVersionsWire, migrationWire } from '#kit/wire/flow-cockpit.ts'
import { route } from '#platform/http/server/route.ts'
import type { Route } from '#platform/http/server/route.ts'
import { sendSheet, XLSX } from '#platform/http/server/sheet.ts'
import { businessOf } from '../record.ts'
import { dryRun, migrateCases } from './carry.ts'
import { listReports, reportCases } from './kept.ts'
import { migrationSteps, migrationVersions } from './plan.ts'
import { MOST_REPORTED, reportBook } from './report.ts'

const tag = 'workflow'
const permission = 'workflow.manage'
const entity = z.string().max(64)
const hash = z.string().regex(/^[0-9a-f]{64}$/u, '请选择流程版本')
const nodes = z.record(z.string().max(200), z.string().max(200)).refine((map) => Object.keys(map).length <= 500, '对应关系不能超过 500 条')
const order = {
  entity, from: hash, to: hash,
  plan: z.object({ renamed: nodes, moved: nodes, added: z.enum(['start', 'skip']) }),
}

/** 迁移 of running cases to another version of their flow. */
export const migrationRoutes: readonly Route[] = [
  route({
    method: 'GET', path: '/api/flow-migrations/:entity/versions', title: '在办流程所用的版本、可迁移到的版本', tag, permission, input: z.object({ entity }), output: migrationVersionsWire,
    run: (ctx, input) => migrationVersions(ctx, input.entity),
  }),
  route({
    method: 'GET', path: '/api/flow-migrations/:entity/steps', title: '两个版本的环节对应', tag, permission, input: z.object({ entity, from: hash, to: hash }), output: migrationStepsWire,
    run: (ctx, input) => migrationSteps(ctx, input.entity, [input.from, input.to]),
  }),
  route({
    method: 'POST', path: '/api/flow-migrations/:entity/try', title: '试迁移：逐件列出变化，不写入', tag, permission, ownTransactions: true,
    input: z.object({ ...order, after: z.uuid().optional(), limit: z.int().min(1).max(50).default(20) }), output: migrationWire, run: (ctx, input) => dryRun(ctx, input, input),
  }),
  route({
    method: 'POST', path: '/api/flow-migrations/:entity/run', title: '迁移在办流程，各件各有结果', tag, permission, action: 'workflow.migrate-all', ownTransactions: true,
    input: z.object({ ...order, cases: z.array(z.uuid()).min(1).max(20), reason: z.string().trim().min(1, '请填写理由').max(500, '理由不能超过 500 个字'), migration: z.uuid().optional() }), output: migrationWire,
    run: (ctx, input) => migrateCases(ctx, { order: input, reason: input.reason, migration: input.migration ?? randomUUID() }, input.cases),
  }),
  route({
    method: 'GET', path: '/api/flow-migration-reports', title: '历次迁移', tag, permission, input: z.object({ entity: entity.optional() }), output: z.object({ items: z.array(migrationReportWire) }),
    run: async (ctx, input) => ({ items: [...(await listReports(ctx, input.entity))] }),
  }),
  route({
    method: 'GET', path: '/api/flow-migration-reports/:id', title: '一次迁移的结果，逐件', tag, permission,
    input: z.object({ id: z.uuid(), after: z.coerce.number().int().min(0).max(1_000_000).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }), output: migrationWire,
    run: (ctx, { id, ...page }) => reportCases(ctx, id, page),
  }),
  route({
    method: 'GET', path: '/api/flow-migration-reports/:id/export', title: '一次迁移的报告（XLSX）', tag, permission, input: z.object({ id: z.uuid() }), output: z.custom<Uint8Array>(), mediaType: XLSX,
    run: async (ctx, { id }, { reply }) => sendSheet(reply, reportBook('', (await reportCases(ctx, id, { limit: MOST_REPORTED })).items, true)),
  }),
  route({
    method: 'POST', path: '/api/flow-migrations/:entity/report', title: '迁移报告（XLSX）', tag, permission, ownTransactions: true, bodyLimit: 8 * 1024 * 1024, mediaType: XLSX,
    input: z.object({ entity, done: z.boolean(), items: z.array(migratedCaseWire).max(MOST_REPORTED, `报告不能超过 ${MOST_REPORTED} 件`) }), output: z.custom<Uint8Array>(),
    run: async (ctx, input, { reply }) => sendSheet(reply, reportBook(businessOf(ctx, input.entity).flow.title, input.items, input.done)),
  }),
]
