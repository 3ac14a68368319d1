import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { charWidth } from '#modules/documents/layout/text.ts'
import { balanceTitle, shapeCost } from '#modules/documents/layout/title.ts'

const names = ['上海市长宁区人民政府', '长宁区人民政府办公室', '长宁区人民政府', '张明远']

test('real titles break at the sense of the words', () => {
  const table: string[][] = [
    ['关于做好2026年国庆节放假安排的通知'],
    ['上海市长宁区人民政府', '关于印发《长宁区国民经济和社会发展', '第十五个五年规划纲要》的通知'],
    ['长宁区人民政府关于申请追加', '2026年度城市更新专项资金的请示'],
    ['关于同意设立长宁区新泾镇', '社区卫生服务中心的批复'],
    ['长宁区财政局　长宁区国家税务局', '关于开展2026年度小微企业税收优惠', '政策落实情况联合督查的通知'],
  ]
  for (const lines of table) assert.deepEqual(balanceTitle(lines.join(''), { names }), lines)
})

test('names stay whole', () => {
  const lines = balanceTitle('上海市长宁区人民政府关于任命张明远同志为长宁区数据局局长的决定', { names })
  for (const name of ['上海市长宁区人民政府', '张明远同志']) assert.ok(lines.some((line) => line.includes(name)), lines.join('／'))
})

test('a waist and two equal lines with a stub cost more than trapezoid and diamond', () => {
  const good = [[10, 14, 18], [18, 14, 10], [12, 18, 12], [10, 16]]
  const bad = [[18, 10, 18], [18, 18, 6], [18, 18, 5], [20, 5]]
  const worst = Math.max(...good.map(shapeCost))
  for (const widths of bad) assert.ok(shapeCost(widths) > worst, widths.join('-'))
})

const topic = fc.constantFrom('加强', '推进', '做好', '老旧小区', '城市更新', '营商环境', '“放管服”改革', '养老服务', '2026年度', '安全生产', '专项整治', '数字化转型', '电梯加装', '重点工作', '和', '实施方案', '社区卫生服务中心')
const title = fc.tuple(fc.constantFrom(...names.slice(0, 3)), fc.array(topic, { minLength: 2, maxLength: 14 }), fc.constantFrom('通知', '请示', '意见', '报告', '函'))
  .map(([organ, topics, kind]) => `${organ}关于${topics.join('')}的${kind}`)

test('lines join to the title, fit the width and respect words and particles', () => {
  fc.assert(fc.property(title, (text) => {
    const lines = balanceTitle(text, { names })
    assert.equal(lines.join(''), text)
    for (const line of lines) assert.ok(charWidth(line) <= 20 && line !== '', line)
    for (const line of lines.slice(1)) assert.doesNotMatch(line, /^[的之、，》”]/)
    for (const line of lines.slice(0, -1)) assert.doesNotMatch(line, /(?:关于|[《“和])$/)
    for (const word of ['关于', text.slice(-2)]) assert.ok(lines.some((line) => line.includes(word)), word)
    assert.ok(names.filter((name) => text.startsWith(name)).every((name) => lines.some((line) => line.includes(name))))
  }))
})

test('a title without any break is cut rather than lost', () => {
  const lines = balanceTitle('的'.repeat(45))
  assert.deepEqual(lines.map(charWidth), [20, 20, 5])
})
