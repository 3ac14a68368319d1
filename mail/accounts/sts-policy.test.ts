import assert from 'node:assert/strict'
import { test } from 'node:test'
import { policyDomain, policyFile } from './sts-policy.ts'

test('a policy names version, mode, the server and how long it holds', () => {
  assert.equal(policyFile('enforce', 'mail.cn.example'), 'version: STSv1\r\nmode: enforce\r\nmx: mail.cn.example\r\nmax_age: 1209600\r\n')
  assert.equal(policyFile('none', 'mail.cn.example'), 'version: STSv1\r\nmode: none\r\nmax_age: 86400\r\n')
})
for (const [host, domain] of [['mta-sts.cn.example', 'cn.example'], ['MTA-STS.Mail.cn.example:8443', 'mail.cn.example'], ['cn.example', null], ['mta-sts.', null], ['mta-sts.a b.example', null]] as const) {
  test(`policy asked for under ${host}`, () => assert.equal(policyDomain(host), domain))
}
