import type { TransportParts } from '../parts.ts'
import { settleReports } from '../reports/settle.ts'
import { claim, type Group, renewLeases } from './claim.ts'
import type { Outbound } from './routes.ts'
import { type Kept, sendGroup } from './send.ts'
import { settle } from './settle.ts'

export type QueueLimits = { readonly conversations: number; readonly conversationsOfDomain: number; /** Messages of one conversation. */ readonly messages: number; readonly leaseMs: number; readonly everyMs: number }
export const queueLimits: QueueLimits = { conversations: 20, conversationsOfDomain: 4, messages: 50, leaseMs: 120_000, everyMs: 1_000 }

export type Queue = { /** Looks at once instead of at the next round. */ nudge(): void; /** Ends when what is in hand is settled. */ stop(): Promise<void> }

type Running = { readonly parts: TransportParts; readonly outbound: Outbound; readonly limits: QueueLimits; readonly domains: Map<string, number>; readonly inHand: Set<string>; stopped: boolean }

/** Sends what is due until stopped: some domains at a time, few conversations with each, several messages in one. */
export function startQueue(parts: TransportParts, outbound: Outbound, limits: QueueLimits = queueLimits): Queue {
  const running: Running = { parts, outbound, limits, domains: new Map(), inHand: new Set(), stopped: false }
  const workers = new Set<Promise<void>>()
  let looking: Promise<void> | null = null
  let again = false
  const look = (): void => {
    again = looking !== null
    if (looking !== null || running.stopped) return
    looking = round(running, workers).catch((error: unknown) => parts.runtime.log.error({ err: error }, 'the mail queue cannot be read')).finally(() => {
      looking = null
      if (again) look()
    })
  }
  const timer = setInterval(look, limits.everyMs)
  const renewing = setInterval(() => void renewLeases(parts.runtime.db, [...running.inHand], new Date(parts.runtime.clock().getTime() + limits.leaseMs)).catch((error: unknown) => parts.runtime.log.error({ err: error }, 'leases cannot be renewed')), limits.leaseMs / 4)
  look()
  return {
    nudge: look,
    async stop() {
      running.stopped = true
      clearInterval(timer)
      await looking
      await Promise.all(workers)
      clearInterval(renewing)
    },
  }
}

/** Makes reports that are owed, then opens conversations as long as something is due and there is room. */
async function round(running: Running, workers: Set<Promise<void>>): Promise<void> {
  const { parts, limits, domains } = running
  while (!running.stopped && (await settleReports(parts)));
  while (!running.stopped && workers.size < limits.conversations) {
    const full = [...domains].filter(([, count]) => count >= limits.conversationsOfDomain).map(([domain]) => domain)
    const group = await claim(parts.runtime.db, { now: parts.runtime.clock(), leaseMs: limits.leaseMs, full })
    if (group === null) return
    const worker: Promise<void> = converse(running, group).catch((error: unknown) => parts.runtime.log.error({ err: error }, 'a conversation of the queue failed')).finally(() => workers.delete(worker))
    workers.add(worker)
  }
}

/** One conversation: the group in hand, then others of its domain. */
async function converse(running: Running, first: Group): Promise<void> {
  const { parts, outbound, limits, domains, inHand } = running
  const { domain } = first
  domains.set(domain, (domains.get(domain) ?? 0) + 1)
  const kept: Kept = { client: null, host: domain }
  try {
    let group: Group | null = first
    for (let count = 1; group !== null; count++) {
      await work(parts, outbound, group, kept, inHand)
      const more: boolean = kept.client?.alive === true && count < limits.messages && !running.stopped
      group = more ? await claim(parts.runtime.db, { now: parts.runtime.clock(), leaseMs: limits.leaseMs, full: [], domain }) : null
    }
  } finally {
    const left = (domains.get(domain) ?? 1) - 1
    if (left === 0) domains.delete(domain)
    else domains.set(domain, left)
    await kept.client?.quit()
  }
}

async function work(parts: TransportParts, outbound: Outbound, group: Group, kept: Kept, inHand: Set<string>): Promise<void> {
  for (const { id } of group.rows) inHand.add(id)
  try {
    await parts.at('queue-claimed')
    const sent = await sendGroup(parts, outbound, group, kept)
    await parts.at('queue-sent')
    await parts.runtime.command(null, (ctx) => settle(ctx, group, sent))
    await parts.at('queue-settled')
  } finally {
    for (const { id } of group.rows) inHand.delete(id)
  }
}
