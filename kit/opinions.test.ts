import assert from 'node:assert/strict'
import { test } from 'node:test'
import { area, inArea, spoken } from './opinions.ts'
import type { AreaOpinion } from './opinions.ts'

const said = (opinion: string | null, more: Partial<AreaOpinion> = {}): AreaOpinion => ({ area: 'sign', standing: 0, outcome: 'approve', opinion, at: new Date('2026-11-09T02:00:00Z'), superseded: false, ...more })

const TEXTS: readonly (readonly [what: string, opinion: AreaOpinion, silent: string | null, text: string | null])[] = [
  ['words stand as they were written', said(' 同意印发 '), '同意', '同意印发'],
  ['a bare signature is what the area says it is', said('  '), '圈阅（视为同意）', '圈阅（视为同意）'],
  ['where silence says nothing, nothing stands', said(null), null, null],
  ['what was said before a return says so', said('已审', { superseded: true }), '同意', '已审（退回前）'],
  ['a return bears its reason and needs no further mark', said('请补充依据', { outcome: 'return', superseded: true }), '同意', '退回：请补充依据'],
  ['who is against never reads as agreement', said(null, { outcome: 'reject' }), '同意', '不同意'],
  ['an abstention is told', said('本单位无意见', { outcome: 'abstain' }), '同意', '弃权：本单位无意见'],
]
for (const [what, opinion, silent, text] of TEXTS) test(what, () => assert.equal(spoken(area('签发', { silent }), opinion), text))

test('an area holds its own opinions alone, in its order', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 9, 2, minute))
  const opinions = [said('乙', { at: at(2), standing: 1 }), said('甲', { at: at(3), standing: 0 }), said('丙', { at: at(1), standing: 2 }), said('别处', { area: 'cosign', at: at(0) }), said('无处', { area: null })]
  const texts = (order: 'time' | 'latest' | 'standing') => inArea({ sign: area('签发', { order }) }, 'sign', opinions).map(({ text }) => text).join('')
  assert.deepEqual([texts('time'), texts('latest'), texts('standing')], ['丙乙甲', '甲乙丙', '甲乙丙'])
  assert.deepEqual(inArea({ sign: area('签发') }, 'legal', opinions), [], 'an area the form does not have is empty')
})
