import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { bodyText, headingNumber, numberHeadings } from '#modules/documents/body.ts'
import type { Block, HeadingLevel } from '#modules/documents/body.ts'
import { parseNumberPrefix } from '#modules/documents/number-prefix.ts'

const heading = (level: HeadingLevel, text: string, rest?: string): Block => ({ type: 'heading', level, text: [{ text }], ...(rest && { rest: [{ text: rest }] }) })
const paragraph = (text: string): Block => ({ type: 'paragraph', text: [{ text }] })
const numbers = (blocks: Block[], style: 'standard' | 'two-level' = 'standard') => numberHeadings(blocks, style).map((item) => item.number)

test('numbers follow the structure and restart under each parent', () => {
  const blocks = [heading(1, '甲'), heading(2, '乙'), heading(3, '丙'), heading(4, '丁'), heading(4, '戊'), paragraph('文'), heading(2, '己'), heading(3, '庚'), heading(1, '辛'), heading(2, '壬')]
  assert.deepEqual(numbers(blocks), ['一、', '（一）', '1.', '（1）', '（2）', null, '（二）', '1.', '二、', '（一）'])
})

test('two levels may use 一、 and 1.', () => {
  assert.deepEqual(numbers([heading(1, '甲'), heading(2, '乙'), heading(2, '丙')], 'two-level'), ['一、', '1.', '2.'])
})

test('plain text carries numbers, run-in text and table cells, and leaves dates alone', () => {
  const table: Block = { type: 'table', rows: [{ cells: [{ text: [{ text: '序号' }] }, { text: [{ text: '单位' }] }] }] }
  assert.equal(bodyText([heading(1, '总体要求。', '到2026年7月1日，'), paragraph('全面完成。'), table]), '一、总体要求。到2026年7月1日，\n全面完成。\n序号\t单位')
})

test('typed numbers are recognised', () => {
  const table: [string, HeadingLevel, number, string][] = [
    ['一、总体要求', 1, 1, '总体要求'], ['二十一、附则', 1, 21, '附则'], ['（三）保障', 2, 3, '保障'], ['(十) 其他', 2, 10, '其他'],
    ['1.加强领导', 3, 1, '加强领导'], ['12．督促检查', 3, 12, '督促检查'], ['3、落实', 3, 3, '落实'], ['（4）台账', 4, 4, '台账'], ['　　（5）报送', 4, 5, '报送'],
  ]
  for (const [text, level, number, rest] of table) assert.deepEqual(parseNumberPrefix(text), { level, number, rest })
})

test('numerals that are no heading numbers stay in the text', () => {
  for (const text of ['2026年7月1日前', '1.5万平方米', '7.1讲话', '一是加强领导', '第一条 目的', '十四五规划', '一一、重复', '100.', '（甲）', '']) assert.equal(parseNumberPrefix(text), null, text)
})

test('every generated number is recognised again', () => {
  const level = fc.constantFrom<HeadingLevel>(1, 2, 3, 4)
  fc.assert(fc.property(level, fc.integer({ min: 1, max: 99 }), (chosen, nth) => {
    const parsed = parseNumberPrefix(`${headingNumber(chosen, nth)}加强领导`)
    assert.deepEqual(parsed, { level: chosen, number: nth, rest: '加强领导' })
  }))
})
