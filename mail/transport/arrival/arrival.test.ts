import assert from 'node:assert/strict'
import { test } from 'node:test'
import { domainToASCII } from 'node:url'
import { imitated } from './lookalike.ts'
import { actionOf, type Verdict } from './verdict.ts'

test('domains that imitate ours are recognised, ours and foreign ones are left alone', () => {
  const ours = ['changning.gov.cn', 'cn.gov']
  const table: readonly (readonly [domain: string, imitates: string | null])[] = [
    ['changning.gov.cn', null], ['mail.changning.gov.cn', null], ['CHANGNING.GOV.CN', null], ['putuo.gov.cn', null], ['example.com', null], ['', null],
    ['changnlng.gov.cn', 'changning.gov.cn'], ['chаngning.gov.cn', 'changning.gov.cn'], [domainToASCII('chаngning.gov.cn'), 'changning.gov.cn'], ['changnin.gov.cn', 'changning.gov.cn'],
    ['changnning.gov.cn', 'changning.gov.cn'], ['chagnning.gov.cn', 'changning.gov.cn'], ['changning.g0v.cn', 'changning.gov.cn'], ['clhangning.gov.cn', 'changning.gov.cn'],
    // One sign apart, but so short that it means nothing.
    ['cm.gov', null], ['сn.gov', 'cn.gov'],
  ]
  for (const [domain, expected] of table) assert.equal(imitated(domain, ours), expected, domain)
})

test('what is done with a message follows the setting and what the domain of the author asks for', () => {
  const verdict = (result: Verdict['dmarc']['result'], policy: Verdict['dmarc']['policy'], imitates: string | null = null): Pick<Verdict, 'dmarc' | 'imitates'> => ({ dmarc: { result, policy, domain: 'x.example' }, imitates })
  const table = [
    [verdict('pass', 'reject'), 'pass', 'pass', 'pass'],
    [verdict('none', 'none'), 'pass', 'pass', 'pass'],
    [verdict('temperror', 'reject'), 'pass', 'pass', 'pass'],
    [verdict('fail', 'none'), 'pass', 'pass', 'pass'],
    [verdict('fail', 'quarantine'), 'pass', 'junk', 'junk'],
    [verdict('fail', 'reject'), 'pass', 'junk', 'reject'],
    [verdict('pass', 'none', 'cn.gov'), 'pass', 'junk', 'junk'],
  ] as const
  for (const [given, ...expected] of table) assert.deepEqual([actionOf(given, 'record'), actionOf(given, 'junk'), actionOf(given, 'policy')], expected, JSON.stringify(given))
})
