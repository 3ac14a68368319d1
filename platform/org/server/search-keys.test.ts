import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { foldKey, personKeys, queryWords, unitKeys } from './search-keys.ts'

const found = (name: string, query: string, phone: string | null = null): number | undefined =>
  personKeys(name, [phone]).filter(({ key }) => key.startsWith(foldKey(query))).map(({ weight }) => weight).sort()[0]

test('a name is found by its beginning before its inside, in characters, pinyin and initials', () => {
  for (const [query, weight] of [['欧阳', 0], ['阳朔', 2], ['ouyangs', 1], ['OYS', 1], ['yangshuo', 3], ['ys', 3], ['ＯＵ', 1]] as const) assert.equal(found('欧阳朔', query), weight, query)
  assert.equal(found('欧阳朔', '朔阳'), undefined)
})

test('surnames are read as surnames, other characters in all their readings', () => {
  assert.equal(found('单乐', 'shanle'), 1)
  assert.equal(found('单乐', 'shanyue'), 1)
  assert.equal(found('单乐', 'danle'), undefined)
  assert.equal(found('吕曾', 'lvzeng'), 1)
})

test('characters beyond the basic plane are kept whole', () => {
  assert.ok(personKeys('田𠮷明', []).every(({ key }) => key.isWellFormed()))
  assert.equal(found('田𠮷明', '𠮷明'), 2)
})

test('four digits in a row of a number find it, three do not', () => {
  assert.equal(found('张三', '13800001234', '138 0000 1234'), 1)
  assert.equal(found('张三', '1234', '13800001234'), 3)
  assert.equal(personKeys('张三', ['13800001234']).some(({ key }) => key === '234'), false)
})

test('a unit is found by what people call it', () => {
  const keys = unitKeys('上海市长宁区应急管理局', '区应急局').map(({ key }) => key)
  for (const query of ['应急局', '应急管理', '区应急', 'yingjiju', 'yjj', '长宁区应急']) assert.ok(keys.some((key) => key.startsWith(query)), query)
})

test('every part of a name finds it, keys are unique, and their number stays small', () => {
  const name = fc.array(fc.constantFrom(...'王李张曾单乐重长行解朴朝𠮷㛃龘A7'), { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''))
  fc.assert(fc.property(name, fc.nat(5), (text, start) => {
    const keys = personKeys(text, [])
    const characters = [...text]
    const part = characters.slice(Math.min(start, characters.length - 1)).join('')
    assert.ok(keys.some(({ key }) => key === foldKey(part)))
    assert.equal(new Set(keys.map(({ key }) => key)).size, keys.length)
    assert.ok(keys.length < 120)
  }))
})

test('a query is folded into few different words', () => {
  assert.deepEqual(queryWords('  应急局　ＷＡＮＧ wang '), ['应急局', 'wang'])
  assert.equal(queryWords('a b c d e f g').length, 4)
  assert.deepEqual(queryWords(' - '), [])
})
