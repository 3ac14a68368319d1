import { type AuthenticateResult, authenticate, type DNSResolver } from 'mailauth'
import { sql } from 'kysely'
import { isLoopback } from '../../../wire/guests.ts'
import { behind, type Client } from '../../arrival/behind.ts'
import { imitated } from '../../arrival/lookalike.ts'
import { actionOf, type Result, type Verdict } from '../../arrival/verdict.ts'
import type { Handed } from '../../contract.ts'
import { valuesNamed, withFewer } from '../../header-lines.ts'
import type { Dns } from '../queue/dns.ts'
import type { DmarcWay } from '#platform/config/contract.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { boundedDns, type DnsBounds, dnsBounds } from './bounded-dns.ts'

export type ArrivalOptions = { readonly dns: Dns; readonly host: string; readonly dmarc: DmarcWay; readonly bounds?: DnsBounds; readonly isNear?: (address: string) => boolean; readonly isGateway?: (address: string) => boolean }

/** Looks at a message from outside before it is taken; null for one that a server of the house hands on. */
export type Arrival = (handed: Pick<Handed, 'raw' | 'sender' | 'origin'>) => Promise<Verdict | null>

/** Machines of the house: they have checked with their own eyes, and the address we see is theirs. */
export const isNear = (address: string): boolean => isLoopback(address) || /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)|^f[cd][\da-f]{2}:/i.test(address)

const RESULTS: ReadonlySet<string> = new Set<Result>(['none', 'neutral', 'pass', 'fail', 'softfail', 'policy', 'temperror', 'permerror'])
const resultOf = (result: string | undefined): Result => (RESULTS.has(result ?? '') ? (result as Result) : 'none')
const POLICIES: ReadonlySet<string> = new Set(['quarantine', 'reject'])
const MOST_SIGNATURES = 10
const LONGEST = 255

function found({ spf, dkim, dmarc, arc }: AuthenticateResult, author: string): Omit<Verdict, 'action' | 'imitates'> {
  return {
    spf: { result: spf === false ? 'none' : resultOf(spf.status.result), domain: spf === false ? '' : spf.domain.slice(0, LONGEST) },
    dkim: dkim.results.filter(({ signingDomain }) => signingDomain !== undefined).slice(0, MOST_SIGNATURES)
      .map(({ status, signingDomain = '', selector = '' }) => ({ result: resultOf(status.result), domain: signingDomain.slice(0, LONGEST), selector: selector.slice(0, LONGEST) })),
    dmarc: { result: dmarc === false ? 'none' : resultOf(dmarc.status.result), domain: author, policy: dmarc !== false && POLICIES.has(dmarc.policy) ? (dmarc.policy as 'quarantine' | 'reject') : 'none' },
    arc: arc === false ? 'none' : resultOf(arc.status.result),
  }
}

/** The domain of the author, as the message shows it; empty when it shows none. */
const authorOf = ({ dkim }: AuthenticateResult): string => (dkim.headerFrom?.[0] ?? '').replace(/^.*@/s, '').toLowerCase().slice(0, LONGEST)

export type Sites = { readonly near: (address: string) => boolean; readonly isGateway: (address: string) => boolean }

/** The client whose mail it is: behind our gateways the one that came to them; null when a server of the house hands on. */
export function clientOf({ raw, origin }: Pick<Handed, 'raw' | 'origin'>, { near, isGateway }: Sites): Client | null {
  if (origin === null) return null
  if (isGateway(origin.address)) return behind(valuesNamed(raw, 'Received'), (address) => near(address) || isGateway(address))
  return near(origin.address) ? null : origin
}

/** SPF (RFC 7208), DKIM (RFC 6376), ARC (RFC 8617) and DMARC (RFC 9989) of what other servers hand in. */
export function arrivalChecks(runtime: Runtime, { dns, host, dmarc, bounds = dnsBounds, isNear: near = isNear, isGateway = () => false }: ArrivalOptions): Arrival {
  return async (handed) => {
    const client = clientOf(handed, { near, isGateway })
    if (client === null) return null
    const { raw, sender } = handed
    const resolver = boundedDns(dns, bounds) as DNSResolver
    const checked = await authenticate(withFewer(raw, 'DKIM-Signature', MOST_SIGNATURES), { ip: client.address, helo: client.helo, sender, mta: host, resolver, disableBimi: true, rejectRsaSha1: true })
    const { rows } = await sql<{ name: string }>`select name from mail_domain`.execute(runtime.db)
    const author = authorOf(checked)
    const verdict = { ...found(checked, author), imitates: imitated(author, rows.map(({ name }) => name)) }
    return { ...verdict, action: actionOf(verdict, dmarc) }
  }
}
