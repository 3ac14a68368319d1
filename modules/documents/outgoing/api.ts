import { z } from 'zod'
import { command, query, question } from '#kit/api.ts'
import { RULE_IDS } from '#modules/documents/checks/finding.ts'

const id = z.uuid()
const done = z.object({ done: z.literal(true) })

const place = z.object({
  block: z.int(), part: z.enum(['text', 'rest']), row: z.int().optional(), cell: z.int().optional(), from: z.int(), to: z.int(), attachment: z.int().optional(),
})

/** `Finding` of checks/finding.ts. */
const finding = z.object({
  rule: z.string(), severity: z.enum(['stop', 'hint']), field: z.string(), message: z.string(), at: place.optional(), replacement: z.string().optional(),
})

export const checksQuery = query('documents.checks', {
  title: '拟稿检查', input: z.object({ id, stage: z.enum(['drafting', 'issuing']).default('drafting') }), output: z.object({ findings: z.array(finding) }),
})

export const previewQuery = query('documents.preview', { title: '版面预览，每页一幅 SVG', input: z.object({ id }), output: z.object({ pages: z.array(z.string()) }) })

/** Who issues it, as the red head of the text set for the screen says. */
export const headQuery = query('documents.head', { title: '发文机关', input: z.object({ id }), output: z.object({ organ: z.string() }) })

/** What stands in the form now, whether saved or not: of a record, or of one that does not exist yet. */
const now = z.object({ id: id.optional(), values: z.record(z.string(), z.unknown()) })

export const checksNow = question('documents.checks-now', { title: '拟稿检查（尚未保存的内容）', input: now, output: z.object({ findings: z.array(finding) }) })

export const previewNow = question('documents.preview-now', { title: '版面预览（尚未保存的内容）', input: now, output: z.object({ pages: z.array(z.string()) }) })

export const importQuestion = question('documents.import', {
  title: '导入 Word 文档', permission: 'documents.create', input: z.object({ fileId: id }),
  /** `Recognised` of import/recognise.ts. */
  output: z.object({ document: z.record(z.string(), z.unknown()) }),
})

export const versionsQuery = query('documents.versions', {
  title: '正文的各个版本', input: z.object({ id }), output: z.object({ items: z.array(z.object({ version: z.int(), at: z.string(), by: z.string() })) }),
})

export const compareQuery = query('documents.compare', {
  title: '花脸稿：两个版本之间谁改了什么', input: z.object({ id, from: z.coerce.number().int().positive().optional(), to: z.coerce.number().int().positive().optional() }),
  /** `ComparedBlock` of compare/blame.ts. */
  output: z.object({ blocks: z.array(z.record(z.string(), z.unknown())) }),
})

/** 发文处理单 with every opinion so far, one SVG a page. */
export const outgoingSheetPages = query('documents.outgoing-sheet', { title: '发文处理单', input: z.object({ id }), output: z.object({ title: z.string(), pages: z.array(z.string()) }) })

export const nextNumberQuery = query('documents.next-number', {
  title: '下一个发文字号', permission: 'documents.number', input: z.object({ id }), output: z.object({ n: z.int(), text: z.string() }),
})

export const reserveCommand = command('documents.reserve-numbers', {
  title: '预留发文字号', permission: 'documents.number', input: z.object({ id, numbers: z.array(z.int().min(1).max(99_999)).min(1).max(50), reason: z.string().trim().min(1, '请填写预留原因').max(200) }),
  output: done,
})

const decision = z.object({ rule: z.enum(RULE_IDS), name: z.string(), severity: z.enum(['usual', 'stop', 'hint', 'off']), fixed: z.boolean() })
/** A drafting rule and what the organisation decided about it; `fixed` ones are law. */
export type RuleDecision = z.infer<typeof decision>

export const rulesQuery = query('documents.rules', { title: '拟稿检查规则', permission: 'documents.view', input: z.object({}), output: z.object({ items: z.array(decision) }) })

export const decideRuleCommand = command('documents.rules.decide', {
  title: '设定拟稿检查规则', permission: 'documents.configure', input: decision.pick({ rule: true, severity: true }), output: done,
})

export const outgoingEndpoints = [
  headQuery, checksQuery, checksNow, previewQuery, previewNow, importQuestion, versionsQuery, compareQuery, outgoingSheetPages, nextNumberQuery, reserveCommand, rulesQuery, decideRuleCommand,
] as const
