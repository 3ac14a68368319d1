import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { bigrams, MAX_TOKENS, searchPhrases, searchQuery, searchVector } from './search-text.ts'

/** What PostgreSQL does with the vector and the query. */
function found(text: string, query: string): boolean {
  const tokens = bigrams(text)
  return searchPhrases(query).every((phrase) =>
    tokens.some((_, start) => phrase.every(({ token, prefix }, step) => (prefix ? tokens[start + step]?.startsWith(token) : tokens[start + step] === token))),
  )
}

test('Chinese runs become pairs and a last character, letters and digits stay whole', () => {
  assert.deepEqual(bigrams('区应急局'), ['区应', '应急', '急局', '局'])
  assert.deepEqual(bigrams('长府〔2026〕12号'), ['长府', '府', '2026', '12', '号'])
  assert.deepEqual(bigrams('２０２６年OFD文件'), ['2026', '年', 'ofd', '文件', '件'])
  assert.deepEqual(bigrams('𠮷田㛃'), ['𠮷田', '田㛃', '㛃'])
  assert.deepEqual(bigrams('！？ 　'), [])
})

test('queries are phrases with an open end', () => {
  assert.equal(searchQuery('应急局'), "'应急' <-> '急局'")
  assert.equal(searchQuery('急'), "'急':*")
  assert.equal(searchQuery('2026年'), "'2026' <-> '年':*")
  assert.equal(searchQuery('长府〔2026〕1'), "'长府' <-> '府' <-> '2026' <-> '1':*")
  assert.equal(searchQuery('防汛  预案'), "'防汛' & '预案'")
  assert.equal(searchQuery(' ，。'), '')
  assert.equal(searchVector("应急';drop"), "'应急':1 '急':2 'drop':3")
})

test('long texts stop at the last position PostgreSQL keeps', () => {
  assert.equal(searchVector('长'.repeat(MAX_TOKENS + 100)).split(' ').length, MAX_TOKENS)
})

test('single characters and the ends of numbers are found', () => {
  const text = '关于做好2026年防汛防台工作的通知（长应急〔2026〕18号）'
  for (const query of ['关', '台', '知', '号', '2026年', '2026年防', '防汛', '〔2026〕18', '20', '通知', '长应急〔2026〕18号', '防汛 通知']) assert.ok(found(text, query), query)
  for (const query of ['防台防汛', '汛情', '26年', '2027']) assert.ok(!found(text, query), query)
})

test('every passage of a Chinese text is found', () => {
  const han = fc.string({ unit: fc.constantFrom(...'区应急管理局防汛𠮷㛃龘、。 2026a年'), minLength: 1, maxLength: 30 })
  fc.assert(fc.property(han, fc.nat(), fc.nat(), (text, at, size) => {
    const characters = [...text]
    const start = at % characters.length
    const passage = characters.slice(start, start + 1 + (size % 6)).join('')
    // A passage may end in the middle of a number or word, not begin in the middle of one.
    const cut = /[\da-z]$/.test(characters.slice(0, start).join('')) && /^[\da-z]/.test(passage)
    return cut || found(text, passage)
  }))
})
