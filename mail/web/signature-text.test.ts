import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MailMessageWire } from '../api.ts'
import { reasons, results } from '../smime/verdict.ts'
import { signatureText } from './signature-text.ts'

type Signature = NonNullable<MailMessageWire['signature']>
const signer = { name: '赵明', addresses: ['zhao@partner.example'], issuer: '认证中心', serial: '1', fingerprint: 'AA', from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z', chain: ['认证中心'] }
const told = (given: Partial<Signature>): ReturnType<typeof signatureText> => signatureText({ result: 'good', reason: null, form: 'detached', signer, signedAt: null, algorithm: null, matchesSender: false, checkedAt: null, first: null, ...given })

test('every result says what it is and what follows, with and without a signer; only proofs are green', () => {
  for (const one of [signer, null]) {
    for (const result of [...results, 'unchecked'] as const) {
      const { title, text, tone } = told({ result, signer: one })
      assert.ok(title.length > 3 && text.length > 3 && !/undefined|null/.test(title + text), result)
      assert.equal(tone === 'good', result === 'good' || result === 'revocation-unknown', result)
    }
  }
})

test('national algorithms, reasons, other addresses', () => {
  assert.equal(told({ result: 'not-understood', reason: 'national' }).title, '使用国密算法，暂不能核验')
  assert.equal(told({ result: 'encrypted' }).title, '加密邮件，请用装有证书的邮件程序打开')
  for (const reason of reasons) assert.match(told({ result: 'failed', reason }).title, /没有|不能/, reason)
  assert.match(told({ result: 'address-differs' }).text, /zhao@partner\.example/)
  assert.match(told({ result: 'address-differs', matchesSender: true }).text, /代发人/)
  assert.match(told({ result: 'address-differs', signer: { ...signer, addresses: [] } }).text, /没有写明邮件地址/)
})
