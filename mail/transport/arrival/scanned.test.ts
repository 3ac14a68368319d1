import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SpamAction } from '../../scan/rspamd.ts'
import { type Found, judged } from './scanned.ts'

const said = (action: SpamAction): Found['rspamd'] => ({ action, score: 9.5, symbols: ['A'] })

test('what the scanners said decides, and what they could not say as is set', () => {
  const table: readonly (readonly [clamd: Found['clamd'], rspamd: Found['rspamd'], later: string, accept: string])[] = [
    [null, null, 'taken', 'taken'], ['clean', null, 'taken', 'taken'], ['clean', said('pass'), 'taken', 'taken'], ['clean', said('junk'), 'junk', 'junk'], [null, said('junk'), 'junk', 'junk'],
    ['clean', said('later'), '451 4.7.1', '451 4.7.1'], ['clean', said('reject'), '554 5.7.1', '554 5.7.1'],
    [{ virus: 'Eicar' }, said('pass'), '554 5.7.1', '554 5.7.1'], [{ virus: 'Eicar' }, 'down', '554 5.7.1', '554 5.7.1'], [{ virus: 'Eicar' }, said('reject'), '554 5.7.1', '554 5.7.1'],
    ['down', null, '451 4.7.1', 'taken'], ['clean', 'down', '451 4.7.1', 'taken'], ['down', said('reject'), '554 5.7.1', '554 5.7.1'], ['down', said('junk'), '451 4.7.1', 'junk'], ['down', said('later'), '451 4.7.1', '451 4.7.1'],
    ['large', 'large', 'taken', 'taken'], ['large', said('junk'), 'junk', 'junk'],
  ]
  for (const [clamd, rspamd, later, accept] of table) {
    const told = (['later', 'accept'] as const).map((onFailure) => {
      const { refused, junk } = judged({ clamd, rspamd }, onFailure)
      return refused === null ? (junk ? 'junk' : 'taken') : `${refused.code} ${refused.status}`
    })
    assert.deepEqual(told, [later, accept], JSON.stringify({ clamd, rspamd }))
  }
})

test('the trace tells what was found, and what was not looked at', () => {
  const table: readonly (readonly [found: Found, detail: object])[] = [
    [{ clamd: { virus: 'Eicar' }, rspamd: said('pass') }, { virus: 'Eicar' }],
    [{ clamd: 'large', rspamd: 'down' }, { scan: { clamd: 'large', rspamd: 'down' } }],
    [{ clamd: null, rspamd: said('junk') }, { scan: { rspamd: said('junk') }, spam: 9.5 }],
    [{ clamd: 'clean', rspamd: null }, { scan: { clamd: 'clean' } }],
  ]
  for (const [found, detail] of table) assert.deepEqual(judged(found, 'accept').detail, detail)
})
