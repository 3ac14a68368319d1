const IPV4 = /^(?:::ffff:)?(\d+)\.(\d+)\.(\d+)\.\d+$/i

/** The network an address stands in, as far as throttling goes: /24 of IPv4, /64 of IPv6, within which one household or attacker moves freely. */
export function networkOf(address: string): string {
  const v4 = IPV4.exec(address)
  if (v4 !== null) return `${v4[1]}.${v4[2]}.${v4[3]}.0/24`
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? []
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  return `${[...before, ...zeros, ...after].slice(0, 4).map((part) => part.replace(/^0+(?=.)/, '')).join(':')}::/64`
}
