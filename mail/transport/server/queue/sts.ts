import { sql } from 'kysely'
import type { DNSResolver, MTASTSPolicy } from 'mailauth'
import { getPolicy } from 'mailauth/lib/mta-sts.js'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { boundedDns } from '../arrival/bounded-dns.ts'
import type { Dns } from './dns.ts'

/** What a domain promises about its servers; null: nothing. */
export type Sts = (domain: string) => Promise<MTASTSPolicy | null>

const FETCH_MS = 10_000
const DNS_BOUNDS = { questions: 10, each: 4_000, all: 8_000 }

/**
 * Policies of MTA-STS (RFC 8461). One that was found holds until its time is over, also when nobody answers now: a silent DNS takes no security away. `ask` fetches
 * by HTTPS.
 */
export function stsPolicies({ db, clock, log }: Pick<Runtime, 'db' | 'clock' | 'log'>, dns: Dns, ask: typeof getPolicy = getPolicy): Sts {
  return async (domain) => {
    const { rows } = await sql<{ policy: MTASTSPolicy }>`select policy from mail_sts where domain = ${domain}`.execute(db)
    const known = rows[0]?.policy ?? null
    const { policy, status } = await ask(domain, known, { resolver: boundedDns(dns, DNS_BOUNDS) as DNSResolver, timeout: FETCH_MS })
    if (status === 'errored') log.warn({ domain, err: policy.error }, 'the policy of a domain cannot be fetched')
    const kept = { ...policy, error: undefined }
    if (status === 'found') {
      await sql`insert into mail_sts (domain, policy, asked_at) values (${domain}, ${JSON.stringify(kept)}::jsonb, ${clock()}) on conflict (domain) do update set (policy, asked_at) = (excluded.policy, excluded.asked_at)`.execute(db)
    }
    return policy.mode === 'none' ? null : kept
  }
}
