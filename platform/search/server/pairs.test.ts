import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { fold, indexed, pairQuery, wordsOf } from './pairs.ts'
import { snippetOf } from './snippet.ts'

test('full-width, capitals and spaces fold', () => assert.equal(fold('  ＡＢＣ２０２６\n　应急\u0000局 '), 'abc2026 应急 局'))

test('pairs of a text, the last character included', () => {
  assert.deepEqual(indexed('应急局').pairs, ['应急', '急局', '局\n'])
  assert.deepEqual(indexed('𠮷野').pairs, ['𠮷野', '野\n'])
  assert.deepEqual(indexed('').pairs, [])
})

test('a query names the pairs of its words', () => {
  assert.equal(pairQuery(wordsOf('应急局 2')), "'应急' & '急局' & '2':*")
  assert.equal(pairQuery(wordsOf("a'b\\")), "'a''' & '''b' & 'b\\\\'")
  assert.deepEqual(wordsOf('  　'), [])
})

test('what is kept is what the pairs cover, at most the limit', () => {
  const kept = indexed('abcdefgh', 3)
  assert.deepEqual([kept.text, kept.pairs.length], ['abc', 3])
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.equal(indexed(fold(text)).text, fold(text))))
})

test('the snippet shows the word within one line', () => {
  const text = `${'前'.repeat(50)}\n应急预案${'后'.repeat(100)}`
  assert.equal(snippetOf(text, ['应急预案']), `…${'前'.repeat(19)} 应急预案${'后'.repeat(56)}…`)
  assert.equal(snippetOf('正文', ['标题']), '正文')
})
