import type { TransportParts } from '../parts.ts'
import { settleReports } from '../reports/settle.ts'
import { type Group, renewLeases } from './claim.ts'
import { closeConversation, continueConversation, type Conversation, openConversation, renewConversations } from './conversation.ts'
import type { Outbound } from './routes.ts'
import { type Kept, sendGroup } from './send.ts'
import { settle } from './settle.ts'

export type QueueLimits = { /** Of this process at a time. */ readonly conversations: number; /** Messages of one conversation. */ readonly messages: number; readonly leaseMs: number; readonly everyMs: number }
export const queueLimits: QueueLimits = { conversations: 20, messages: 50, leaseMs: 120_000, everyMs: 1_000 }

export type Queue = { /** Looks at once instead of at the next round. */ nudge(): void; /** Ends when what is in hand is settled. */ stop(): Promise<void> }

type Running = { readonly parts: TransportParts; readonly outbound: Outbound; readonly limits: QueueLimits; readonly open: Set<string>; readonly inHand: Set<string>; stopped: boolean }

/** Sends what is due until stopped: some domains at a time, as many conversations with each and as fast as it may be, several messages in one. */
export function startQueue(parts: TransportParts, outbound: Outbound, limits: QueueLimits = queueLimits): Queue {
  const running: Running = { parts, outbound, limits, open: new Set(), inHand: new Set(), stopped: false }
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
  const renewing = setInterval(() => void renew(running).catch((error: unknown) => parts.runtime.log.error({ err: error }, 'leases cannot be renewed')), limits.leaseMs / 4)
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

async function renew({ parts, limits, open, inHand }: Running): Promise<void> {
  const { db, clock } = parts.runtime
  const until = new Date(clock().getTime() + limits.leaseMs)
  await Promise.all([renewLeases(db, [...inHand], until), renewConversations(db, [...open], until)])
}

/** Makes reports that are owed, then opens conversations as long as something is due and there is room. */
async function round(running: Running, workers: Set<Promise<void>>): Promise<void> {
  const { parts, limits } = running
  while (!running.stopped && (await settleReports(parts)));
  while (!running.stopped && workers.size < limits.conversations) {
    const opened = await openConversation(parts.runtime.db, { now: parts.runtime.clock(), leaseMs: limits.leaseMs })
    if (opened === null) return
    const worker: Promise<void> = converse(running, opened.conversation, opened.group).catch((error: unknown) => parts.runtime.log.error({ err: error }, 'a conversation of the queue failed')).finally(() => workers.delete(worker))
    workers.add(worker)
  }
}

/** One conversation: the group in hand, then others of its domain. */
async function converse(running: Running, conversation: Conversation, first: Group): Promise<void> {
  const { parts, outbound, limits, open, inHand } = running
  const { db, clock } = parts.runtime
  const kept: Kept = { client: null, host: first.domain }
  open.add(conversation.holder)
  try {
    let group: Group | null = first
    for (let count = 1; group !== null; count++) {
      await work(parts, outbound, group, kept, inHand)
      const more: boolean = kept.client?.alive === true && count < limits.messages && !running.stopped
      group = more ? await continueConversation(db, conversation, { now: clock(), leaseMs: limits.leaseMs }) : null
    }
  } finally {
    await kept.client?.quit()
    open.delete(conversation.holder)
    await closeConversation(db, conversation)
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
