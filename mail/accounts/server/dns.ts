import { Resolver } from 'node:dns/promises'
import type { MailDnsService } from '../contract.ts'

const NOTHING = new Set(['ENODATA', 'ENOTFOUND'])

/** The name system of the machine, with little patience. */
export function machineDns(): MailDnsService {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 })
  const ask = {
    MX: async (name: string) => (await resolver.resolveMx(name)).map(({ priority, exchange }) => `${priority} ${exchange}`),
    TXT: async (name: string) => (await resolver.resolveTxt(name)).map((parts) => parts.join('')),
    SRV: async (name: string) => (await resolver.resolveSrv(name)).map(({ priority, weight, port, name: host }) => `${priority} ${weight} ${port} ${host}`),
    CNAME: (name: string) => resolver.resolveCname(name),
  }
  return {
    resolve: (type, name) => ask[type](name).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && NOTHING.has(String(error.code))) return []
      throw error
    }),
  }
}
