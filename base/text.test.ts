import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { cleanText, findSuspects, truncate, visibleLength } from './text.ts'

test('text is cleaned', () => {
  const rows = [
    ['  区政府办 \r\n通知\t', '区政府办  通知'], ['e\u0301', 'é'], ['a\u0000b\u0007c\u0085d', 'abc d'], ['张\u200B三\uFEFF', '张三'], ['\u202Eabc\u202C', 'abc'],
    ['a\u200Db', 'ab'], ['👩\u200D💻', '👩\u200D💻'], ['𠮷\uD842', '𠮷\uFFFD'], ['葛\u{E0100}城', '葛\u{E0100}城'], ['\u00AD', ''],
  ] as const
  for (const [input, expected] of rows) assert.equal(cleanText(input), expected)
})

test('several lines keep breaks and the indent of paragraphs', () => {
  assert.equal(cleanText('\n　　第一段。 \r\n\r\n　　第二段。\u2028尾\n\n', { lines: true }), '　　第一段。\n\n　　第二段。\n尾')
})

test('rare characters count as one', () => {
  assert.equal(visibleLength('𠮷㛃龘䶮'), 4)
  assert.equal(visibleLength('葛\u{E0100}'), 1)
  assert.equal(truncate('𠮷㛃龘䶮', 3), '𠮷㛃…')
  assert.equal(truncate('𠮷㛃龘䶮', 4), '𠮷㛃龘䶮')
  assert.equal(truncate('甲乙', 0), '')
})

test('characters that are not what they seem are found', () => {
  assert.deepEqual(findSuspects('\u2F2D\u200B王\uE5E5'), [
    { index: 0, character: '\u2F2D', kind: 'look-alike', suggestion: '山' },
    { index: 1, character: '\u200B', kind: 'invisible' },
    { index: 3, character: '\uE5E5', kind: 'private-use' },
  ])
  assert.deepEqual(findSuspects('аdmin').map(({ index, suggestion }) => [index, suggestion]), [[0, 'a']], 'Cyrillic а beside Latin letters')
  assert.deepEqual(findSuspects('二○二六').map(({ suggestion }) => suggestion), ['〇'])
  assert.deepEqual(findSuspects('Отчёт 上海 㛃𠮷龘䶮'), [])
})

test('properties of text', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 60 })
  fc.assert(fc.property(anyText, fc.boolean(), (text, lines) => cleanText(cleanText(text, { lines }), { lines }) === cleanText(text, { lines })))
  fc.assert(fc.property(anyText, (text) => !/\p{Cc}/u.test(cleanText(text))))
  fc.assert(fc.property(anyText, fc.integer({ min: 1, max: 20 }), (text, max) => visibleLength(truncate(text, max)) <= max))
})
