import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkWords } from './check-words.ts'

test('machine paths and registries are found, ordinary paths are not', () => {
  const host = ['registry', 'npmjs', 'org'].join('.')
  const lines = [`'/${'root'}/x'`, 'see /home/me/x', `https://${host}/x`]
  assert.equal(checkWords(new Map([['a.md', lines.join('\n')]])).length, 3)
  assert.deepEqual(checkWords(new Map([['a.md', 'a /workspace b\n/api/work/items\nbelow `/root`, ./home/x/']])), [])
})
