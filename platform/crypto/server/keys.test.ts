import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadKey } from './keys.ts'

test('a key is made once, for the owner only; a damaged one stops the start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chengming-keys-'))
  const key = loadKey(folder, 'audit')
  assert.equal(key.length, 32)
  assert.deepEqual(loadKey(folder, 'audit'), key)
  assert.notDeepEqual(loadKey(folder, 'other'), key)
  assert.equal(statSync(join(folder, 'keys')).mode & 0o777, 0o700)
  assert.equal(statSync(join(folder, 'keys', 'audit')).mode & 0o777, 0o600)
  writeFileSync(join(folder, 'keys', 'audit'), 'short')
  assert.throws(() => loadKey(folder, 'audit'), /damaged/)
  rmSync(folder, { recursive: true })
})
