import { z } from 'zod'
import { flowModelDetailWire, flowModelWire, modelVersionDetailWire } from '#kit/wire/flow-model.ts'
import { route } from '#platform/http/server/route.ts'
import type { Route } from '#platform/http/server/route.ts'
import { retryStart } from '../starts/list.ts'
import { discardDraft, publishVersion, retireModel, uploadModel } from './acts.ts'
import { listModels, modelDetail, versionDetail } from './view.ts'
import { readVersion } from './store.ts'

const tag = 'workflow'
const permission = 'workflow.publish'
const entity = z.string().max(64)
const number = z.coerce.number().int().min(1)
const note = z.string().trim().max(500, '说明不能超过 500 个字')
const reason = note.min(1, '请填写说明，写明修改了什么、为什么')
const done = z.object({ done: z.literal(true) })
const DONE = { done: true as const }
/** A model of 5 MB, written as JSON. */
const UPLOAD_LIMIT = 12 * 1024 * 1024

/** 流程模型: versions of the flows, for whoever may publish them. */
export const modelRoutes: readonly Route[] = [
  route({ method: 'GET', path: '/api/flow-models', title: '流程模型', tag, permission, input: z.object({}), output: z.object({ items: z.array(flowModelWire) }), run: async (ctx) => ({ items: await listModels(ctx) }) }),
  route({ method: 'GET', path: '/api/flow-models/:entity', title: '一个流程的各版本与发布记录', tag, permission, input: z.object({ entity }), output: flowModelDetailWire, run: (ctx, input) => modelDetail(ctx, input.entity) }),
  route({
    method: 'GET', path: '/api/flow-models/:entity/:number', title: '流程版本：检查结果、流程图、与在用版本的差异', tag, permission, input: z.object({ entity, number }), output: modelVersionDetailWire,
    run: (ctx, input) => versionDetail(ctx, input.entity, input.number),
  }),
  route({
    method: 'GET', path: '/api/flow-models/:entity/:number/bpmn', title: '下载流程版本（BPMN 2.0）', tag, permission, input: z.object({ entity, number }), output: z.string(), mediaType: 'application/xml',
    run: async (ctx, input, { reply }) => {
      const version = (await readVersion(ctx.db(), input.entity, input.number)) ?? ctx.fail('workflow.model.missing')
      void reply.type('application/xml; charset=utf-8').header('content-disposition', `attachment; filename="${input.entity}-${input.number}.bpmn"`)
      return version.xml
    },
  }),
  route({
    method: 'POST', path: '/api/flow-models/:entity/publish', title: '发布流程版本（旧版本即为回退）', tag, permission, action: 'workflow.publish',
    input: z.object({ entity, number, note: reason, warnings: z.int().min(0) }), output: done,
    run: async (ctx, input) => {
      await publishVersion(ctx, input.entity, input.number, input)
      return DONE
    },
  }),
  route({
    method: 'POST', path: '/api/flow-models/:entity/retire', title: '停用上传的流程，恢复系统自带流程', tag, permission, action: 'workflow.retire', input: z.object({ entity, note: reason }), output: done,
    run: async (ctx, input) => {
      await retireModel(ctx, input.entity, input.note)
      return DONE
    },
  }),
  route({
    method: 'POST', path: '/api/flow-models/:entity/discard', title: '删除流程草稿', tag, permission, action: 'workflow.discard', input: z.object({ entity, number }), output: done,
    run: async (ctx, input) => {
      await discardDraft(ctx, input.entity, input.number)
      return DONE
    },
  }),
  route({
    method: 'POST', path: '/api/flow-models/:entity/upload', title: '上传流程模型（BPMN 2.0）', tag, permission, action: 'workflow.upload', bodyLimit: UPLOAD_LIMIT,
    input: z.object({ entity, xml: z.string().min(1, '文件是空的，请选择 BPMN 2.0 文件'), note: note.optional() }), output: z.object({ number: z.int() }),
    run: async (ctx, input) => ({ number: await uploadModel(ctx, input.entity, input.xml, input.note === undefined || input.note === '' ? null : input.note) }),
  }),
  route({
    method: 'POST', path: '/api/flow-models/:entity/retry-start', title: '重试自动启动', tag, permission, action: 'workflow.retry-start', input: z.object({ entity, node: z.string().max(200) }), output: done,
    run: async (ctx, input) => {
      await retryStart(ctx, input.entity, input.node)
      return DONE
    },
  }),
]
