import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ALL_RIGHTS } from '../store/rights.ts'
import { presetOf, PRESETS, RIGHT_WORDS, saidText } from './sharing-words.ts'

test('every right has its words, in the order of the rule', () => assert.equal(Object.keys(RIGHT_WORDS).join(''), ALL_RIGHTS))

for (const [key, { rights, negative }] of Object.entries(PRESETS)) test(`${key} is known again`, () => assert.equal(presetOf({ rights, negative }), key))

test('other rights are told one by one, taken away or given', () => {
  assert.equal(presetOf({ rights: 'lr', negative: true }), 'custom')
  assert.deepEqual([saidText({ rights: 'lr', negative: true }), saidText({ rights: 'lri', negative: false }), saidText({ rights: 'lr', negative: false })], ['不得看到邮件夹、阅读邮件', '可以看到邮件夹、阅读邮件、存入邮件', PRESETS.read.help])
})
