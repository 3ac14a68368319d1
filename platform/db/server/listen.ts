import { Client, escapeIdentifier } from 'pg'
import type { Logger } from 'pino'
import type { OpenDatabase } from './database.ts'

export interface ChannelListener {
  readonly channel: string
  readonly onMessage: (payload: string) => void
  /** After each (re)connect: messages sent meanwhile are lost, so look for yourself. */
  readonly onConnect?: () => void
}

interface Hub {
  readonly database: OpenDatabase
  readonly log: Logger
  readonly listeners: Set<ChannelListener>
  client: Client | null
  /** Ends with the first connect; later ones run behind it. */
  opening: Promise<void> | null
  retry: NodeJS.Timeout | null
}

const RETRY_MS = 1000
const hubs = new WeakMap<OpenDatabase, Hub>()

async function connect(hub: Hub): Promise<void> {
  const client = new Client({ ...hub.database.pool.options, application_name: 'chengming listen', keepAlive: true })
  const lost = (error?: Error): void => {
    if (hub.client !== client) return
    hub.client = null
    hub.log.warn({ err: error }, 'listening connection lost')
    scheduleConnect(hub)
  }
  client.on('error', lost)
  client.on('end', () => lost())
  client.on('notification', ({ channel, payload = '' }) => {
    for (const listener of hub.listeners) if (listener.channel === channel) listener.onMessage(payload)
  })
  await client.connect()
  for (const channel of new Set([...hub.listeners].map((listener) => listener.channel))) await client.query(`listen ${escapeIdentifier(channel)}`)
  if (hub.listeners.size === 0) return client.end()
  hub.client = client
  for (const listener of hub.listeners) listener.onConnect?.()
}

function scheduleConnect(hub: Hub): void {
  if (hub.retry !== null || hub.listeners.size === 0) return
  hub.retry = setTimeout(() => {
    hub.retry = null
    connect(hub).catch((error: unknown) => {
      hub.log.warn({ err: error }, 'cannot listen to the database')
      scheduleConnect(hub)
    })
  }, RETRY_MS)
}

function hubOf(database: OpenDatabase, log: Logger): Hub {
  const hub = hubs.get(database) ?? { database, log, listeners: new Set(), client: null, opening: null, retry: null }
  hubs.set(database, hub)
  return hub
}

async function join(hub: Hub, listener: ChannelListener): Promise<void> {
  hub.listeners.add(listener)
  if (hub.opening === null) {
    hub.opening = connect(hub).catch((error: unknown) => {
      hub.log.warn({ err: error }, 'cannot listen to the database')
      scheduleConnect(hub)
    })
    return hub.opening
  }
  await hub.opening
  if (hub.client === null) return
  await hub.client.query(`listen ${escapeIdentifier(listener.channel)}`)
  listener.onConnect?.()
}

/**
 * Hears what other processes `NOTIFY`. All listeners of a process share one connection, which comes back by itself; the answer ends the listening
 * and, with the last one, the connection.
 */
export async function listen(database: OpenDatabase, log: Logger, listener: ChannelListener): Promise<() => Promise<void>> {
  const hub = hubOf(database, log)
  await join(hub, listener)
  return async () => {
    hub.listeners.delete(listener)
    if (hub.listeners.size > 0) return
    if (hub.retry !== null) clearTimeout(hub.retry)
    const { client } = hub
    Object.assign(hub, { client: null, opening: null, retry: null })
    await client?.end()
  }
}
