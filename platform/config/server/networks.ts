import { BlockList, isIP } from 'node:net'
import type { Network } from '#platform/config/contract.ts'

/** IPv6 notation of an IPv4 address (RFC 4291 2.5.5.2). */
const MAPPED = /^::ffff:(?=\d+\.)/i
const MAPPED_BITS = 96

/** An address or a network as `10.0.0.2`, `10.0.0.0/8`, `fd00::/8`; null when it is none. One that holds every address is none either. */
export function readNetwork(text: string): Network | null {
  const [, written = '', bits] = /^([\da-f.:]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? []
  const mapped = MAPPED.test(written)
  const address = written.replace(MAPPED, '')
  const most = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0
  const prefix = bits === undefined ? most : Number(bits) - (mapped ? MAPPED_BITS : 0)
  return prefix >= 1 && prefix <= most ? { address, prefix } : null
}

/** Whether an address is in one of the networks, in whichever notation. */
export function within(networks: readonly Network[]): (address: string) => boolean {
  const list = new BlockList()
  for (const { address, prefix } of networks) list.addSubnet(address, prefix, isIP(address) === 4 ? 'ipv4' : 'ipv6')
  return (address) => list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6')
}
