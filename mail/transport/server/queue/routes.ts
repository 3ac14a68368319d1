import type { MTASTSPolicy } from 'mailauth'
import { validateMx } from 'mailauth/lib/mta-sts.js'
import type { Route } from '../../../smtp/client.ts'
import { type Failed, failed } from '../../replies.ts'
import { type Dns, isExchange, records } from './dns.ts'
import type { Sts } from './sts.ts'

/** How mail leaves: by the exchanges of each domain, or all of it through one server. */
export type Outbound = {
  readonly dns: Dns
  readonly port: number
  readonly sts: Sts
  readonly relay: { readonly host: string; readonly port: number; readonly auth: Route['auth'] } | null
}

const MOST_ROUTES = 10

const route = (host: string, address: string, port: number, tls: 'try' | 'must' = 'try'): Route => ({ host, address, port, tls, auth: null })

/** Servers of a domain that its policy allows, and only with the certificate it promises (RFC 8461 5); what it only tests is not enforced. */
const allowed = (hosts: readonly string[], policy: MTASTSPolicy | null): readonly string[] => (policy?.mode === 'enforce' ? hosts.filter((host) => validateMx(host, policy).valid) : hosts)

/** Servers that take mail for a domain, the preferred one first (RFC 5321 5.1, RFC 7505); `own` is our name, beyond which nothing is tried. */
export async function routesOf({ dns, port, sts, relay }: Outbound, domain: string, own: string): Promise<readonly Route[] | Failed> {
  if (relay !== null) return [{ host: relay.host, address: relay.host, port: relay.port, tls: relay.auth === null ? 'try' : relay.port === 465 ? 'implicit' : 'must', auth: relay.auth }]
  const literal = /^\[(?:IPv6:)?([\da-f.:]+)\]$/i.exec(domain)?.[1]
  if (literal !== undefined) return [route(literal, literal, port)]
  try {
    const exchanges = (await records(dns, domain, 'MX')).filter(isExchange).toSorted((a, b) => a.priority - b.priority)
    if (exchanges.length === 1 && (exchanges[0]?.exchange === '' || exchanges[0]?.exchange === '.')) return failed(556, '5.1.10', `${domain} takes no mail`)
    const mine = exchanges.find(({ exchange }) => exchange.toLowerCase() === own.toLowerCase())
    const usable = exchanges.filter(({ priority }) => mine === undefined || priority < mine.priority).map(({ exchange }) => exchange)
    if (mine !== undefined && usable.length === 0) return failed(554, '5.4.6', `mail for ${domain} comes back to us`)
    const policy = await sts(domain)
    const hosts = allowed(exchanges.length === 0 ? [domain] : usable, policy)
    if (hosts.length === 0) return failed(451, '4.7.5', `no server of ${domain} is one that its policy allows (MTA-STS)`)
    const found = await Promise.all(hosts.slice(0, MOST_ROUTES).map(async (host) => [...(await records(dns, host, 'A')), ...(await records(dns, host, 'AAAA'))].filter((one) => typeof one === 'string').map((address) => route(host, address, port, policy?.mode === 'enforce' ? 'must' : 'try'))))
    const routes = found.flat().slice(0, MOST_ROUTES)
    if (routes.length > 0) return routes
    return exchanges.length === 0 ? failed(550, '5.1.2', `there is no domain ${domain}`) : failed(450, '4.4.4', `no address of a server for ${domain}`)
  } catch {
    return failed(451, '4.4.3', `the DNS does not answer for ${domain}`)
  }
}
