import assert from 'node:assert/strict'
import { test } from 'node:test'
import { miwg } from './miwg.ts'
import { absent, suiteFolder } from './suites.ts'

const folder = suiteFolder('miwg')

test('every reference model round trips', { skip: folder === null && absent('miwg') }, async () => {
  const rows = await miwg(folder ?? '')
  assert.deepEqual(rows.filter(({ result }) => result !== 'passed'), [])
  assert.equal(rows.length, 21)
})
