import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { loadKey } from '#platform/crypto/server/keys.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { provide } from '#platform/registry/server/service.ts'
import type { PlatformService, Settle } from '#platform/registry/server/service.ts'
import { Audit } from '../contract.ts'
import type { AuditEntry, AuditService } from '../contract.ts'
import { auditAccess } from '../access.ts'
import { readAnchors, writeAnchors } from './anchors.ts'
import { append } from './append.ts'
import { createChains } from './chains.ts'
import type { Chains, Head } from './chains.ts'
import { makePartitions } from './partitions.ts'
import { auditRoutes } from './routes.ts'
import { verify } from './verify.ts'

const ANCHOR_EVERY_MS = 60_000

/** What the service keeps while its process runs. */
interface State {
  readonly runtime: Runtime
  readonly key: Buffer
  readonly chains: Chains
  readonly pending: WeakMap<ServerContext, AuditEntry[]>
}

function collect(state: State, ctx: ServerContext, entry: AuditEntry): void {
  const entries = state.pending.get(ctx)
  if (entries === undefined) state.pending.set(ctx, [entry])
  else entries.push(entry)
}

const createAudit = (state: State, ctx: ServerContext): AuditService => ({
  async record(entry) {
    if (ctx.inTransaction) collect(state, ctx, entry)
    else await state.runtime.command(ctx.actor, async (command) => collect(state, command, entry), ctx.source)
  },
  verify: () => verify(ctx.db(), state.key, state.runtime.dataDir),
})

/** Seals a command's entries as its last write: from here to the commit nobody else uses the chain, so its order is that of the commits. */
async function seal({ chains, key, pending }: State, ctx: ServerContext): Promise<Settle | undefined> {
  const entries = pending.get(ctx)
  if (entries === undefined) return undefined
  const { head, release } = await chains.lease()
  try {
    const next = await append(ctx, key, head, entries)
    return (committed) => release(committed ? next : null)
  } catch (error) {
    release(null)
    throw error
  }
}

/** Anchors what earlier processes wrote after their last anchor, because they were killed. */
async function anchorRemains({ runtime, key }: State): Promise<void> {
  const { anchors } = await readAnchors(runtime.dataDir, key)
  const { rows } = await sql<{ chain: string; seq: string; mac: Buffer }>`
    select distinct on (chain) chain, seq, mac from audit_entry where at > ${runtime.clock()}::timestamptz - interval '40 days' order by chain, seq desc`.execute(runtime.db)
  const heads = rows.map((row) => ({ ...row, seq: Number(row.seq) })).filter(({ chain, seq }) => seq > (anchors.get(chain)?.seq ?? 0))
  if (heads.length > 0) await writeAnchors(runtime.dataDir, key, runtime.clock(), heads)
}

/** Anchors the chains that moved since the last time. */
function anchoring({ runtime, key, chains }: State): () => Promise<void> {
  const anchored = new Map<string, number>()
  return async () => {
    const heads: Head[] = chains.heads().filter(({ chain, seq }) => anchored.get(chain) !== seq)
    if (heads.length === 0) return
    await writeAnchors(runtime.dataDir, key, runtime.clock(), heads)
    for (const { chain, seq } of heads) anchored.set(chain, seq)
  }
}

/** The audit service of one process; `sync` must have run before anything is recorded. */
export function createAuditService(): PlatformService {
  let state: State | undefined
  let anchor: () => Promise<void> = async () => undefined
  let timer: NodeJS.Timeout | undefined
  const ready = (): State => {
    if (state === undefined) throw new Error('audit is used before its sync')
    return state
  }
  return {
    id: 'audit',
    access: auditAccess,
    provides: [provide(Audit, (ctx) => createAudit(ready(), ctx))],
    routes: auditRoutes,
    jobs: [{ name: 'audit.partitions', cron: '15 2 * * *', run: (ctx) => makePartitions(ctx.db(), ctx.now) }],
    beforeCommit: async (ctx) => (state === undefined ? undefined : seal(state, ctx)),
    async sync(runtime) {
      state = { runtime, key: loadKey(runtime.dataDir, 'audit'), chains: createChains(), pending: new WeakMap() }
      anchor = anchoring(state)
      await makePartitions(runtime.db, runtime.clock())
    },
    async start(runtime) {
      await anchorRemains(ready())
      timer = setInterval(() => void anchor().catch((error: unknown) => runtime.log.error({ err: error }, 'audit anchors not written')), ANCHOR_EVERY_MS)
      timer.unref()
    },
    async stop() {
      clearInterval(timer)
      await anchor()
    },
  }
}
