import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { behind } from './behind.ts'

const isOurs = (address: string): boolean => address.startsWith('10.') || address === '127.0.0.1' || address === '203.0.113.8'

test('the client is the one that the first foreign line tells of, in the words of the known servers', () => {
  const table: readonly (readonly [about: string, lines: readonly string[], client: readonly [address: string, helo: string] | null])[] = [
    ['Postfix', ['from mx.far.example (mx.far.example [198.51.100.7]) by gate.cn.example (Postfix) with ESMTPS id 1; Wed, 25 Nov 2026 08:00:00 +0800'], ['198.51.100.7', 'mx.far.example']],
    ['Postfix, IPv6', ['from far (unknown [IPv6:2001:db8::7]) by gate'], ['2001:db8::7', 'far']],
    ['mapped', ['from far (unknown [::ffff:198.51.100.7]) by gate'], ['198.51.100.7', 'far']],
    ['Sendmail', ['from far.example (far.example [198.51.100.7] (may be forged)) by gate'], ['198.51.100.7', 'far.example']],
    ['Exim, name known', ['from far.example ([198.51.100.7]:4711 helo=mx.far.example) by gate'], ['198.51.100.7', 'mx.far.example']],
    ['Exim, name unknown', ['from [198.51.100.7] (helo=[127.0.0.1]) by gate'], ['198.51.100.7', '[127.0.0.1]']],
    ['Exchange', ['from far.example (198.51.100.7) by gate.cn.example (203.0.113.8) with Microsoft SMTP Server'], ['198.51.100.7', 'far.example']],
    ['our own', ['from far.example ([198.51.100.7])\r\n\tby mail.cn.example with ESMTP id 1'], ['198.51.100.7', 'far.example']],
    ['through a filter on the gateway and a second gateway', ['from gate2 (gate2 [10.0.0.3]) by gate1', 'from localhost (localhost [127.0.0.1]) by gate2', 'from far (far [198.51.100.7]) by gate2', 'from evil (evil [192.0.2.1]) by far'], ['198.51.100.7', 'far']],
    ['an address as the name of the client', ['from [203.0.113.8] (unknown [198.51.100.7]) by gate'], ['198.51.100.7', '[203.0.113.8]']],
    ['a line nobody understands ends it', ['by gate with LMTP; Wed, 25 Nov 2026 08:00:00 +0800', 'from far (far [198.51.100.7]) by gate'], null],
    ['no address', ['from far (unknown [far]) by gate'], null],
    ['only ours', ['from a (a [10.0.0.1]) by gate'], null],
    ['nothing', [], null],
  ]
  for (const [about, lines, client] of table) assert.deepEqual(behind(lines, isOurs), client === null ? null : { address: client[0], helo: client[1] }, about)
})

test('whatever a client calls itself, the address is the one its server saw', () => {
  const name = fc.stringMatching(/^[!-~]{1,60}$/).map((text) => text.replace(/[<>()\\";@]/g, '?'))
  fc.assert(fc.property(name, (helo) => assert.equal(behind([`from ${helo} (unknown [198.51.100.7]) by gate`], isOurs)?.address, '198.51.100.7')))
})
