import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readNetwork, within } from './networks.ts'
import { parseSettings, SettingsError } from './settings.ts'

test('addresses and networks are read, everything else is none', () => {
  const table: readonly (readonly [text: string, network: string | null])[] = [
    ['10.0.0.2', '10.0.0.2/32'], ['10.0.0.0/8', '10.0.0.0/8'], ['fd00::/8', 'fd00::/8'], ['2001:db8::1', '2001:db8::1/128'],
    ['::ffff:10.0.0.2', '10.0.0.2/32'], ['::ffff:10.0.0.0/104', '10.0.0.0/8'],
    ['10.0.0.0/33', null], ['10.0.0/8', null], ['10.0.0.300', null], ['fd00::/129', null], ['0.0.0.0/0', null], ['::/0', null], ['::ffff:0.0.0.0/96', null], ['::ffff:10.0.0.0/8', null],
    ['gate.example', null], ['10.0.0.0/', null], ['10.0.0.0/-1', null], ['fe80::1%eth0', null], ['', null],
  ]
  for (const [text, expected] of table) {
    const found = readNetwork(text)
    assert.equal(found && `${found.address}/${found.prefix}`, expected, text)
  }
})

test('an address is within, however it is written', () => {
  const isWithin = within(['10.1.0.0/16', '203.0.113.9', 'fd12::/16'].flatMap((text) => readNetwork(text) ?? []))
  for (const address of ['10.1.255.3', '::ffff:10.1.0.1', '::ffff:a01:1', '203.0.113.9', '::FFFF:203.0.113.9', 'fd12::9']) assert.ok(isWithin(address), address)
  for (const address of ['10.2.0.1', '::ffff:10.2.0.1', '203.0.113.8', 'fd13::9', '', 'gate.example']) assert.ok(!isWithin(address), address)
  assert.ok(!within([])('10.1.0.1'))
})

test('a wrong network is named with its setting', () => {
  assert.deepEqual(parseSettings({ MAIL_GATEWAYS: '10.0.0.2, fd00::/8' }, '/').mailIntake.gateways, [{ address: '10.0.0.2', prefix: 32 }, { address: 'fd00::', prefix: 8 }])
  assert.throws(() => parseSettings({ MAIL_GATEWAYS: '10.0.0.2,10.0.0.0/40' }, '/'), (error) => error instanceof SettingsError && error.message.includes('MAIL_GATEWAYS：“10.0.0.0/40”不是地址或网段') && error.message.includes('例如 MAIL_GATEWAYS='))
})
