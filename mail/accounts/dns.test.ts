import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordsOf, stateOf } from './dns.ts'

test('records name the host and the ports that are on', () => {
  const records = recordsOf('cn.example', 'mail.cn.example', { imap: 0, imaps: 993, pop3s: 0, submission: 0, smtps: 465 }, [{ name: 'k1._domainkey.cn.example', record: 'v=DKIM1; k=rsa; p=x' }])
  assert.deepEqual(records.filter(({ type }) => type === 'MX' || type === 'SRV').map(({ name, value }) => [name, value]), [
    ['cn.example', '10 mail.cn.example'], ['_imaps._tcp.cn.example', '0 1 993 mail.cn.example'], ['_submissions._tcp.cn.example', '0 1 465 mail.cn.example'], ['_autodiscover._tcp.cn.example', '0 1 443 mail.cn.example'],
  ])
  assert.deepEqual(records.filter(({ type }) => type === 'TXT').map(({ name }) => name), ['cn.example', '_dmarc.cn.example', 'k1._domainkey.cn.example', '_smtp._tls.cn.example'])
})
test('a published policy has its id in the DNS and a name where it lies', () => {
  const records = recordsOf('cn.example', 'mail.cn.example', { imap: 0, imaps: 0, pop3s: 0, submission: 0, smtps: 0 }, [], { mode: 'testing', id: '20261125080000' })
  assert.deepEqual(records.filter(({ name }) => name.includes('mta-sts')).map(({ type, name, value }) => [type, name, value]), [['TXT', '_mta-sts.cn.example', 'v=STSv1; id=20261125080000'], ['CNAME', 'mta-sts.cn.example', 'mail.cn.example']])
})
for (const [state, type, value, found] of [
  ['ok', 'MX', '10 mail.cn.example', ['10 Mail.CN.example.']], ['different', 'MX', '10 mail.cn.example', ['10 other.example']], ['missing', 'MX', '10 mail.cn.example', []],
  ['ok', 'TXT', 'v=spf1 mx -all', ['google-site=x', 'v=spf1  mx -all']], ['different', 'TXT', 'v=spf1 mx -all', ['v=spf1 -all']], ['missing', 'TXT', 'v=spf1 mx -all', ['verification=1']],
] as const) test(`${type} ${found.join(',')} is ${state}`, () => assert.equal(stateOf({ type, value }, found), state))
