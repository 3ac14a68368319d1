import { z } from 'zod'
import { command, question, workbook } from '#kit/api.ts'
import type { Endpoint } from '#kit/api.ts'

const MOST_ROWS = 10_000
const kind = z.enum(['people', 'units'])
/** A sheet as text: its head line, then one line a person or unit. */
const sheet = z.object({ kind, rows: z.array(z.array(z.string().max(200, '单元格不能超过 200 个字')).max(60)).max(MOST_ROWS + 1, '一次最多导入 10000 行，请分几次') })
export type SheetInput = z.infer<typeof sheet>

/** `row` counts as the spreadsheet does, from 1; the head line is the first. */
const problem = z.object({ row: z.int(), column: z.string(), text: z.string() })
export type Problem = z.infer<typeof problem>
const preview = z.object({
  /** Lines that would be taken in. */
  count: z.int(),
  problems: z.array(problem),
  /** Problems beyond those listed. */
  further: z.int(),
})
export type PreviewWire = z.infer<typeof preview>

/** What is wrong with a sheet, by row and column; nothing is changed. */
export const previewSheet = question('roster.preview', { title: '核对导入表', permission: 'roster.import', input: sheet, output: preview })
/** Takes a sheet in as a whole or not at all; new accounts share a first password, which is shown once and must be changed. */
export const applySheet = command('roster.apply', { title: '导入机构人员', permission: 'roster.import', input: sheet, output: z.object({ count: z.int(), password: z.string().nullable() }) })
export const template = workbook('roster.template', { title: '下载导入模板', permission: 'roster.import', input: z.object({ kind }) })

export const rosterEndpoints: readonly Endpoint[] = [previewSheet, applySheet, template]
