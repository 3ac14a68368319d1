import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Opinion } from '#modules/documents/incoming/sheet.ts'
import { outgoingSheet } from './sheet.ts'

const said = (node: string, name: string, opinion: string | null, more: Partial<Opinion> = {}): Opinion => ({
  node, area: node, standing: 0, name, opinion, outcome: 'approve', onBehalfOf: null, at: new Date('2026-11-09T02:00:00Z'), superseded: false, signatureId: null, ...more,
})
const entries = (opinions: readonly Opinion[], label: string) => outgoingSheet('区政府办公室', {}, opinions).sections.find((section) => section.label === label)?.entries.map(({ text, signature }) => `${text}|${signature}`)

test('every opinion of every round stands in its section; what was said before a return says so', () => {
  const opinions = [
    said('review', '王明', '已审', { superseded: true }), said('sign', '周牧原', '请补充依据', { outcome: 'return', superseded: true }), said('review', '王明', '已补充'), said('revise', '顾云程', null),
    said('sign', '诸葛凝', '同意印发', { onBehalfOf: '周牧原' }), said('number', '韩雪湄', null, { outcome: 'next' }), said('proof', '韩雪湄', '已机要交换', { outcome: 'outside' }),
  ]
  assert.deepEqual(entries(opinions, '部门审核'), ['已审（退回前）|王明　2026年11月9日', '已补充|王明　2026年11月9日'])
  assert.deepEqual(entries(opinions, '签发'), ['退回：请补充依据|周牧原　2026年11月9日', '同意印发|诸葛凝（代周牧原）　2026年11月9日'])
  assert.deepEqual(entries(opinions, '核稿'), ['同意|顾云程　2026年11月9日'])
  assert.deepEqual(entries(opinions, '复核校对'), ['已机要交换|韩雪湄　2026年11月9日'], 'a step done without a word leaves no line')
})
