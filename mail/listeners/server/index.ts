import type { ServerContext } from '#platform/db/server/context.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import { fill } from '#kit/words.ts'
import type { PortId, PortState } from '../contract.ts'
import { listenerErrors, listenerWords } from '../words.ts'
import { warnOfExpiry } from './expiry.ts'
import { imapServer } from './imap.ts'
import type { ListenerParts, MailServer } from './listener.ts'
import { popServer } from './pop.ts'
import { RunningPorts } from './running.ts'
import { smtpServer } from './smtp.ts'
import { forgetStates, switchedOff, tellStates, toldStates, writeSwitch } from './switches.ts'
import { LiveTls } from './tls.ts'

/** Every protocol that listens. */
const servers: readonly MailServer[] = [smtpServer, imapServer, popServer]

/** How soon a process takes up what was changed through another one. */
const LOOK_MS = 2_000
/** Others hear of this one in every so many looks. */
const TELL_EVERY = 5

type Started = { readonly ports: RunningPorts; readonly tls: LiveTls; look(): Promise<void>; close(): Promise<void> }
const started = new WeakMap<Runtime, Started>()

async function start(runtime: Runtime): Promise<void> {
  const { listening } = runtime
  if (listening === undefined) return
  const tls = new LiveTls(runtime, listening.tls)
  const parts: ListenerParts = { runtime, listening, get tls() { return tls.context } }
  const ports = new RunningPorts(parts, servers)
  const look = async (): Promise<void> => {
    await tls.renew()
    await ports.apply(await switchedOff(runtime.db))
  }
  await look()
  await tellStates(runtime, ports.states())
  const stop = every(LOOK_MS, async (round) => {
    await look()
    if (round % TELL_EVERY === 0) await tellStates(runtime, ports.states())
  }, (error) => runtime.log.warn({ err: error }, 'changes of the mail servers cannot be looked for'))
  started.set(runtime, {
    ports, tls, look,
    async close() {
      await stop()
      await ports.end()
      await forgetStates(runtime)
    },
  })
}

/** Runs again and again, never twice at once; the answer ends it. */
function every(ms: number, run: (round: number) => Promise<void>, failed: (error: unknown) => void): () => Promise<void> {
  let [ended, running]: [boolean, Promise<void>] = [false, Promise.resolve()]
  let timer: NodeJS.Timeout | undefined
  const plan = (round: number): void => {
    if (ended) return
    timer = setTimeout(() => {
      running = run(round).catch(failed).finally(() => plan(round + 1))
    }, ms).unref()
  }
  plan(1)
  return async () => {
    ended = true
    clearTimeout(timer)
    await running
  }
}

async function stop(runtime: Runtime): Promise<void> {
  await started.get(runtime)?.close()
  started.delete(runtime)
}

/** Every mail port of this process, those switched off included. */
export function portStates(runtime: Runtime): readonly PortState[] {
  const own = new Map((started.get(runtime)?.ports.states() ?? []).map((state) => [state.id, state]))
  return servers.flatMap(({ role, ports }) => ports.map(({ id, title }) => own.get(id) ?? { id, title, role, port: runtime.listening?.ports[id] ?? 0, state: 'off' as const, reason: null, open: 0, refused: 0, lastError: null }))
}

export type ServerState = Pick<PortState, 'id' | 'title' | 'port' | 'state' | 'reason' | 'open' | 'lastError'> & { readonly on: boolean; readonly processes: number }

/** How every server stands in all processes together, and whether an administrator wants it. */
export async function serversNow(ctx: ServerContext): Promise<readonly ServerState[]> {
  const [off, others] = [await switchedOff(ctx.db()), Map.groupBy(await toldStates(ctx), ({ id }) => id)]
  return portStates(runtimeOf(ctx)).map(({ id, title, ...own }) => {
    const all = [own, ...(others.get(id) ?? [])]
    const shown = all.find(({ state }) => state === 'listening') ?? all.find(({ state }) => state === 'failed') ?? own
    const errors = all.flatMap(({ lastError }) => lastError ?? []).toSorted((a, b) => b.at.localeCompare(a.at))
    return {
      id, title, port: shown.port, state: shown.state, reason: shown.reason, lastError: errors[0] ?? null, on: !off.has(id),
      open: all.reduce((sum, { open }) => sum + open, 0), processes: all.filter(({ state }) => state === 'listening').length,
    }
  })
}

/** Switches a server on or off, in this process at once, in others within seconds. Fails with `mail.server.*`; then everything is as before. */
export async function switchServer(ctx: ServerContext, id: PortId, on: boolean): Promise<void> {
  const runtime = runtimeOf(ctx)
  const described = servers.flatMap(({ ports }) => ports).find((one) => one.id === id) ?? ctx.fail('mail.server.unknown')
  const here = started.get(runtime)
  const { title, setting } = described
  if (on && (await serversNow(ctx)).find((one) => one.id === id)?.port === 0) ctx.fail('mail.server.port', { title, setting })
  await writeSwitch(ctx, id, on)
  if (on && here?.ports.has(id) === true) {
    const reason = await here.ports.open(id)
    if (reason !== null) ctx.fail('mail.server.failed', { title, reason })
  }
  if (here !== undefined) ctx.afterCommit(() => here.look())
}

/** The certificate was changed: connections from now on see it. */
export function renewTls(ctx: ServerContext): void {
  const here = started.get(runtimeOf(ctx))
  if (here !== undefined) ctx.afterCommit(() => here.tls.renew())
}

/** Lines for the terminal: which ports are open, and why others are not. */
export function portLines(runtime: Runtime): readonly string[] {
  const states = portStates(runtime)
  const open = states.filter(({ state }) => state === 'listening').map(({ title, port }) => `${title} ${port}`)
  return [...(open.length === 0 ? [] : [fill(listenerWords.summary, { ports: open.join('、') })]), ...states.flatMap(({ reason }) => reason ?? [])]
}

async function gauges(runtime: Runtime): Promise<Readonly<Record<string, number>>> {
  const states = portStates(runtime).filter(({ state }) => state === 'listening')
  return Object.fromEntries([...states.map(({ id, open }) => [`chengming_mail_${id}_connections`, open] as const), ...(states[0] === undefined ? [] : [['chengming_mail_refused_total', states[0].refused] as const])])
}

export const service: PlatformService = {
  id: 'mail-listeners', errors: listenerErrors, start, stop, gauges,
  jobs: [{ name: 'mail-listeners.certificate', cron: '30 8 * * *', run: warnOfExpiry }],
}
