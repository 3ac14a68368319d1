import { promises } from 'node:dns'

/** Asks the DNS as `dns.promises.resolve` does; tests have their own. */
export type Dns = (name: string, type: string) => Promise<unknown>

export const systemDns: Dns = (name, type) => promises.resolve(name, type)

const NOTHING = new Set(['ENOTFOUND', 'ENODATA'])

/** Records of a kind: none when the name or the kind does not exist, an error when nobody can tell now. */
export async function records(dns: Dns, name: string, type: string): Promise<readonly unknown[]> {
  try {
    const found = await dns(name, type)
    return Array.isArray(found) ? found : []
  } catch (error) {
    if (NOTHING.has((error as { code?: string }).code ?? '')) return []
    throw error
  }
}

type Exchange = { readonly exchange: string; readonly priority: number }
export const isExchange = (one: unknown): one is Exchange => typeof one === 'object' && one !== null && 'exchange' in one && typeof one.exchange === 'string' && 'priority' in one && typeof one.priority === 'number'
