import type { PlatformService } from '#platform/registry/server/service.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { fill } from '#kit/words.ts'
import { Guests } from '../../wire/guests.ts'
import type { PortState } from '../contract.ts'
import { listenerWords } from '../words.ts'
import { tlsOf } from './certificate.ts'
import { imapServer } from './imap.ts'
import type { ListenerParts, MailServer } from './listener.ts'
import { popServer } from './pop.ts'
import { openPort, type Port } from './port.ts'
import { smtpServer } from './smtp.ts'

/** Every protocol that listens. */
const servers: readonly MailServer[] = [smtpServer, imapServer, popServer]

type Started = { readonly ports: readonly Port[]; readonly close: () => Promise<void> }
const started = new WeakMap<Runtime, Started>()

async function start(runtime: Runtime): Promise<void> {
  const { listening } = runtime
  if (listening === undefined) return
  const parts: ListenerParts = { runtime, listening, tls: tlsOf(runtime, listening.tls) }
  const guests = new Guests()
  const [ports, closing]: [Port[], (() => Promise<void>)[]] = [[], []]
  for (const { role, ports: described, open } of servers) {
    const wanted = described.filter(({ id }) => listening.ports[id] !== 0)
    if (!listening.roles.includes(role) || wanted.length === 0) continue
    const { serve, close } = await open(parts)
    for (const one of wanted) ports.push(await openPort(parts, role, one, guests, serve(one.id)))
    closing.push(close)
  }
  started.set(runtime, {
    ports,
    async close() {
      await Promise.all(ports.map((port) => port.close()))
      for (const close of closing) await close()
    },
  })
}

async function stop(runtime: Runtime): Promise<void> {
  await started.get(runtime)?.close()
  started.delete(runtime)
}

/** Every mail port of this process, those switched off included. */
export function portStates(runtime: Runtime): readonly PortState[] {
  const open = new Map((started.get(runtime)?.ports ?? []).map((port) => [port.state().id, port.state()]))
  return servers.flatMap(({ role, ports }) => ports.map(({ id, title }) => open.get(id) ?? { id, title, role, port: runtime.listening?.ports[id] ?? 0, state: 'off' as const, reason: null, open: 0, refused: 0 }))
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

export const service: PlatformService = { id: 'mail-listeners', start, stop, gauges }
