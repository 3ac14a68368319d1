import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { Block, Inline } from '#modules/documents/body.ts'
import { joinInlines } from '#modules/documents/import/source.ts'
import { fromDoc, toDoc } from './doc.ts'

const letters = fc.string({ unit: fc.constantFrom('安', '全', '𠮷', '龘', '\u{20BB7}', '1', '.', '“', '　', ' ', 'a'), maxLength: 12 })
const inline = fc.record({ text: letters, bold: fc.constant<true>(true) }, { requiredKeys: ['text'] })
const inlines = fc.array(inline, { maxLength: 4 }).map((list) => joinInlines(list))
const heading = fc.record({ type: fc.constant('heading' as const), level: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const), text: inlines, rest: inlines })
  .map(({ rest, ...block }): Block => ({ ...block, ...(rest.length > 0 && { rest }) }))
const paragraph = inlines.map((text): Block => ({ type: 'paragraph', text }))
const cell = fc.record({ text: inlines, colspan: fc.integer({ min: 2, max: 4 }), rowspan: fc.integer({ min: 2, max: 4 }), align: fc.constantFrom('left' as const, 'center' as const, 'right' as const) }, { requiredKeys: ['text'] })
const table = fc.tuple(fc.array(fc.record({ cells: fc.array(cell, { minLength: 1, maxLength: 4 }) }), { minLength: 1, maxLength: 4 }), fc.nat(2))
  .map(([rows, most]): Block => { const header = Math.min(most, rows.length); return { type: 'table', rows, ...(header > 0 && { header }) } })
const isNothing = (blocks: Block[]): boolean => blocks.length === 1 && blocks[0]?.type === 'paragraph' && blocks[0].text.length === 0
const body = fc.array(fc.oneof(heading, paragraph, table), { maxLength: 12 }).filter((blocks) => !isNothing(blocks))

test('a body goes into the editor and comes back the same', () => {
  fc.assert(fc.property(body, (blocks) => assert.deepEqual(fromDoc(toDoc(blocks)), structuredClone(blocks))), { numRuns: 400 })
})

test('the document has one node for each block, and an empty body has a paragraph to type in', () => {
  fc.assert(fc.property(body, (blocks) => assert.equal(toDoc(blocks).content?.length, Math.max(1, blocks.length))))
  assert.deepEqual(toDoc([]), { type: 'doc', content: [{ type: 'paragraph' }] })
  assert.deepEqual(fromDoc(toDoc([])), [])
})

test('split runs are joined, empty ones go', () => {
  const text: Inline[] = [{ text: '安' }, { text: '' }, { text: '全' }, { text: '生产', bold: true }]
  assert.deepEqual(fromDoc(toDoc([{ type: 'paragraph', text }])), [{ type: 'paragraph', text: [{ text: '安全' }, { text: '生产', bold: true }] }])
})

test('letters typed behind the run-in text of a heading belong to it', () => {
  const node = { type: 'heading', attrs: { level: 3 }, content: [{ type: 'text', text: '加强领导。' }, { type: 'text', text: '各单位', marks: [{ type: 'runIn' }] }, { type: 'text', text: '要落实' }] }
  assert.deepEqual(fromDoc({ type: 'doc', content: [node] }), [{ type: 'heading', level: 3, text: [{ text: '加强领导。' }], rest: [{ text: '各单位要落实' }] }])
})

test('a long paragraph and rare characters stay whole', () => {
  const blocks: Block[] = [{ type: 'paragraph', text: [{ text: '𠮷㐀䶵龘'.repeat(600) }] }]
  assert.deepEqual(fromDoc(toDoc(blocks)), blocks)
})

test('more header rows than rows are held to the rows', () => {
  const row = { type: 'tableRow', content: [{ type: 'tableCell', attrs: { colspan: 1, rowspan: 1, align: null } }] }
  assert.deepEqual(fromDoc({ type: 'doc', content: [{ type: 'table', attrs: { header: 5 }, content: [row] }] }), [{ type: 'table', rows: [{ cells: [{ text: [] }] }], header: 1 }])
})
