import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { sql } from 'kysely'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { mailParts } from '../../../store/server/parts.ts'
import { bring, explained, Stopped } from './bring.ts'
import { claim, type Claiming, release, renew, type Work } from './claim.ts'

export type WorkerLimits = { readonly accounts: number; readonly everyMs: number; readonly leaseMs: number; readonly attempts: number; /** Wait before the first further try; doubled each time. */ readonly pauseMs: number }
export const workerLimits: WorkerLimits = { accounts: 4, everyMs: 2_000, leaseMs: 90_000, attempts: 8, pauseMs: 60_000 }

export type Worker = { nudge(): void; /** Ends when what is in hand is given back. */ stop(): Promise<void> }

type Hand = { readonly ended: Promise<void>; goesOn: boolean }

/** Brings accounts over until stopped, some at a time. What a dead process left is taken up when its lease has run out. */
export function startWorker(runtime: Runtime, limits: WorkerLimits = workerLimits): Worker {
  const by = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`
  const hands = new Map<string, Hand>()
  const claiming = (): Claiming => ({ by, now: runtime.clock(), leaseMs: limits.leaseMs })
  const state = { stopped: false }
  let looking = Promise.resolve()
  const take = (work: Work): void => {
    const hand: { goesOn: boolean; ended: Promise<void> } = { goesOn: true, ended: Promise.resolve() }
    hands.set(work.id, hand)
    hand.ended = attempt(runtime, work, by, limits, () => hand.goesOn && !state.stopped).finally(() => {
      hands.delete(work.id)
      nudge()
    })
  }
  const look = async (): Promise<void> => {
    const still = await renew(runtime.db, [...hands.keys()], claiming())
    for (const [id, hand] of hands) hand.goesOn &&= still.has(id)
    while (!state.stopped && hands.size < limits.accounts) {
      const work = await claim(runtime.db, claiming())
      if (work === null) return
      take(work)
    }
  }
  const nudge = (): void => {
    if (!state.stopped) looking = looking.then(() => look()).catch((error: unknown) => runtime.log.error({ err: error }, 'migrations of mail cannot be looked for'))
  }
  const timer = setInterval(nudge, limits.everyMs).unref()
  nudge()
  return {
    nudge,
    async stop() {
      state.stopped = true
      clearInterval(timer)
      await looking
      await Promise.all([...hands.values()].map(({ ended }) => ended))
    },
  }
}

/** One account, as far as it gets. */
async function attempt(runtime: Runtime, work: Work, by: string, limits: WorkerLimits, goesOn: () => boolean): Promise<void> {
  try {
    await bring(mailParts(runtime), work, by, goesOn)
  } catch (error) {
    await (error instanceof Stopped ? release(runtime.db, work.id, by) : giveUp(runtime, work, by, limits, error)).catch((broken: unknown) => runtime.log.error({ err: broken }, 'an account of a migration cannot be given back'))
  }
}

async function giveUp({ db, clock, log }: Runtime, work: Work, by: string, limits: WorkerLimits, error: unknown): Promise<void> {
  const { text, again } = explained(error)
  log.warn({ account: work.address, host: work.host, why: text }, 'an account could not be brought over')
  const due = new Date(clock().getTime() + limits.pauseMs * 2 ** work.attempts)
  await sql`
    update mail_migration_account set attempts = attempts + 1, error = ${text}, lease_until = null, lease_by = null, due_at = ${due}, state = case when ${again}::boolean and attempts + 1 < ${limits.attempts} then 'waiting' else 'failed' end
    where id = ${work.id} and lease_by = ${by}`.execute(db)
}
