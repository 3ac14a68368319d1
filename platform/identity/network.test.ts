import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deviceName } from './device.ts'
import { networkOf } from './network.ts'

test('addresses of one /24 or /64 are one network', () => {
  const cases: readonly (readonly [address: string, network: string])[] = [
    ['10.1.2.3', '10.1.2.0/24'], ['::ffff:10.1.2.99', '10.1.2.0/24'], ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'], ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'], ['2001:db8::1', '2001:db8:0:0::/64'], ['::1', '0:0:0:0::/64'], ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ]
  for (const [address, network] of cases) assert.equal(networkOf(address), network, address)
})

test('devices are named as people call them', () => {
  assert.equal(deviceName('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0'), 'Edge · Windows')
  assert.equal(deviceName('Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 Mobile MicroMessenger/8.0'), '微信 · iOS')
  assert.equal(deviceName('curl/8.0'), '其他程序')
})
