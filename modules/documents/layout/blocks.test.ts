import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Table } from '#modules/documents/body.ts'
import { columnWidths, textBlocks } from '#modules/documents/layout/blocks.ts'
import { layoutData } from '#modules/documents/layout/build.ts'
import { SAMPLE_NOTICE } from '#modules/documents/layout/samples.ts'
import { officialDate, spreadName } from '#modules/documents/layout/text.ts'
import { DEFAULT_FONTS } from '#platform/print/fonts.ts'

const cell = (text: string, span: { colspan?: number; rowspan?: number } = {}) => ({ text: [{ text }], ...span })

test('column widths follow the longest text and respect spans', () => {
  const table: Table = { type: 'table', rows: [{ cells: [cell('一', { rowspan: 2 }), cell('表头横跨两列', { colspan: 2 })] }, { cells: [cell('甲'.repeat(16)), cell('乙')] }] }
  assert.deepEqual(columnWidths(table), [1.41, 4, 1.73])
})

test('runs carry the typeface of their level, a run-in text that of the body', () => {
  const [block] = textBlocks([{ type: 'heading', level: 2, text: [{ text: '目标。' }], rest: [{ text: '到年底', bold: true }] }], 'standard')
  assert.deepEqual(block, {
    kind: 'text', keep: false,
    runs: [{ text: '（一）', role: 'kai', bold: false }, { text: '目标。', role: 'kai', bold: false }, { text: '到年底', role: 'body', bold: true }],
  })
})

test('dates carry no leading zeros, short names are spread', () => {
  assert.equal(officialDate('2026-07-01'), '2026年7月1日')
  assert.equal(spreadName('李四', 3), '李　四')
  assert.equal(spreadName('李四', 4), '李四')
})

test('recipients too long for the first page move to the imprint, without a line of their own', () => {
  const data = layoutData({ ...SAMPLE_NOTICE, recipientsIn: 'imprint' }, DEFAULT_FONTS)
  assert.equal(data.recipients, null)
  assert.deepEqual(data.imprint?.lists.map((list) => list.label), ['主送', '抄送'])
})

test('equal documents give equal data', () => {
  assert.deepEqual(layoutData(SAMPLE_NOTICE, DEFAULT_FONTS), layoutData(structuredClone(SAMPLE_NOTICE), DEFAULT_FONTS))
})
