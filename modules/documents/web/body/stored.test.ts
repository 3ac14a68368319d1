import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodyOf } from './stored.ts'

test('a stored body keeps its blocks and its style of numbers; nothing written yet is an empty body', () => {
  const stored = { blocks: [{ type: 'paragraph', text: [{ text: '各单位：' }] }], numberStyle: 'two-level' }
  assert.equal(bodyOf(stored), stored)
  for (const none of [undefined, null, '', []]) assert.deepEqual(bodyOf(none), { blocks: [] })
})
