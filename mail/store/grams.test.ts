import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ALL_GRAMS, gramsOf } from './grams.ts'

test('pairs of Chinese, threes of Latin letters and digits, nothing across other signs', () => {
  assert.deepEqual(gramsOf('防汛演练，Needle 2026年a1'), ['防汛', '汛演', '演练', 'nee', 'eed', 'edl', 'dle', '202', '026'])
  assert.deepEqual([gramsOf('田𠮷的'), gramsOf('会'), gramsOf('ab'), gramsOf('')], [['田𠮷', '𠮷的'], [], [], []])
})

test('whatever contains a word contains its grams', () => {
  const text = '关于2026年Q3防汛演练（滨江段）的通知 Re: FW: drill-plan_v2.docx 联系人𠮷野'
  const grams = new Set(gramsOf(text))
  const signs = [...text]
  for (let from = 0; from < signs.length; from++) for (let to = from + 1; to <= signs.length; to++) assert.ok(gramsOf(signs.slice(from, to).join('')).every((gram) => grams.has(gram)))
})

test('a text with too many stands for all', () => {
  const signs = Array.from({ length: 50_000 }, (_, at) => String.fromCodePoint(0x4e00 + (at % 20_000), 0x4e00 + ((at * 7) % 19_997))).join('')
  assert.deepEqual(gramsOf(signs), [ALL_GRAMS])
})
