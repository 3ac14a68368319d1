import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSocialCreditCode, socialCreditCode } from './social-credit-code.ts'

test('the check digits of published codes', () => {
  // Examples printed in public descriptions of the standard.
  for (const code of ['91350100M000100Y43', '91310115591693856A']) assert.ok(isSocialCreditCode(code), code)
})

test('one wrong character is found', () => {
  const code = socialCreditCode('11310105', 'YYYY0001')
  assert.ok(isSocialCreditCode(code))
  for (let at = 8; at < 18; at += 1) {
    const other = code[at] === '7' ? '8' : '7'
    assert.ok(!isSocialCreditCode(code.slice(0, at) + other + code.slice(at + 1)), `position ${at}`)
  }
  assert.ok(!isSocialCreditCode('11310105IOSVZ00012'))
  assert.ok(!isSocialCreditCode(code.slice(1)))
})
