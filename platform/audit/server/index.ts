import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { loadKey } from '#platform/crypto/server/keys.ts'
import { registryOf } from '#platform/registry/server/of.ts'
import type { Registry } from '#platform/registry/server/registry.ts'
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
  readonly anchor: () => Promise<void>
  timer: NodeJS.Timeout | undefined
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
async function seal(state: State | undefined, ctx: ServerContext): Promise<Settle | undefined> {
  const entries = state?.pending.get(ctx)
  if (state === undefined || entries === undefined) return undefined
  const { chains, key } = state
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
function anchoring(runtime: Runtime, key: Buffer, chains: Chains): () => Promise<void> {
  const anchored = new Map<string, number>()
  return async () => {
    const heads: Head[] = chains.heads().filter(({ chain, seq }) => anchored.get(chain) !== seq)
    if (heads.length === 0) return
    await writeAnchors(runtime.dataDir, key, runtime.clock(), heads)
    for (const { chain, seq } of heads) anchored.set(chain, seq)
  }
}

/** By registry, of which every runtime has its own. */
const states = new WeakMap<Registry, State>()

function stateOf(ctx: ServerContext): State {
  const state = states.get(registryOf(ctx))
  if (state === undefined) throw new Error('audit is used before its sync')
  return state
}

async function start(runtime: Runtime): Promise<void> {
  const state = states.get(runtime.registry)
  if (state === undefined) return
  await anchorRemains(state)
  state.timer = setInterval(() => void state.anchor().catch((error: unknown) => runtime.log.error({ err: error }, 'audit anchors not written')), ANCHOR_EVERY_MS)
  state.timer.unref()
}

async function stop(runtime: Runtime): Promise<void> {
  const state = states.get(runtime.registry)
  clearInterval(state?.timer)
  await state?.anchor()
}

export const service: PlatformService = {
  id: 'audit',
  access: auditAccess,
  provides: [provide(Audit, (ctx) => createAudit(stateOf(ctx), ctx))],
  routes: auditRoutes,
  jobs: [{ name: 'audit.partitions', cron: '15 2 * * *', run: (ctx) => makePartitions(ctx.db(), ctx.now) }],
  beforeCommit: async (ctx) => seal(states.get(registryOf(ctx)), ctx),
  async sync(runtime) {
    const chains = createChains()
    const key = loadKey(runtime.dataDir, 'audit')
    states.set(runtime.registry, { runtime, key, chains, pending: new WeakMap(), anchor: anchoring(runtime, key, chains), timer: undefined })
    await runtime.command(null, (ctx) => makePartitions(ctx.db(), ctx.now))
  },
  start,
  stop,
}
