import assert from 'node:assert/strict'
import { test } from 'node:test'
import { absent, suiteFolder } from './suites.ts'
import { tokenSimulation } from './token-simulation.ts'

const folder = suiteFolder('token-simulation')

test('at least 95 % of the token traces in scope are the same', { skip: folder === null && absent('token-simulation') }, async () => {
  const rows = (await tokenSimulation(folder ?? '')).filter(({ result }) => result !== 'out of scope')
  const failed = rows.filter(({ result }) => result === 'failed')
  assert.ok(rows.length > 120, `${rows.length} models`)
  assert.ok(failed.length <= rows.length * 0.05, failed.map(({ name, note }) => `${name}: ${note}`).join('\n'))
})
