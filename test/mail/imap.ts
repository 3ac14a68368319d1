import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { sql } from 'kysely'
import type { Listening } from '#platform/config/contract.ts'
import { parseSettings } from '#platform/config/server/settings.ts'
import { service as audit } from '#platform/audit/server/index.ts'
import { service as registry } from '#platform/registry/server/index.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { testRuntime } from '../runtime.ts'
import { serveImap } from '#mail/imap/serve.ts'
import { servePop } from '#mail/pop3/serve.ts'
import type { PopStore } from '#mail/pop3/store.ts'
import { popAccount } from '#mail/store/server/maildrop.ts'
import type { ImapStore } from '#mail/imap/store.ts'
import { openAccount } from '#mail/store/server/accounts.ts'
import { StoredAccount } from '#mail/store/server/imap-account.ts'
import { service } from '#mail/store/server/index.ts'
import { service as transport } from '#mail/transport/server/index.ts'
import { mailParts } from '#mail/store/server/parts.ts'

export const PASSWORD = 'Mail-Test-2026'

/** A message of one part. */
export const message = (subject: string, body = 'text\r\n', more = ''): string =>
  `From: "林" <lin@cn.example>\r\nTo: gu@cn.example\r\nSubject: ${subject}\r\nDate: Wed, 25 Nov 2026 08:00:00 +0800\r\n${more}MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${body}`

/** A client that sends exactly what it is told, octets as characters, and waits for what it expects. */
export type RawClient = { readonly socket: Socket; say(text: string, until: RegExp): Promise<string> }

export type TestImap = {
  readonly port: number
  readonly popPort: number
  readonly runtime: Runtime
  /** Accounts by name. */
  readonly ids: ReadonlyMap<string, string>
  /** Errors inside the server; a test may take its own out. */
  readonly errors: unknown[]
  /** The server's ends of the connections that are open, oldest first. */
  sockets(): readonly Socket[]
  raw(): Promise<RawClient>
  signedIn(name: string): Promise<RawClient>
  append(client: RawClient, mailbox: string, text: string, flags?: string): Promise<void>
  close(): Promise<void>
}

/** Speaks to a port until what is expected was heard. */
export async function rawClient(port: number, greeting: RegExp): Promise<RawClient> {
  const socket = connect(port, '127.0.0.1')
  let heard = ''
  let wake = (): void => undefined
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1')
    wake()
  })
  socket.on('error', () => undefined)
  socket.on('close', () => wake())
  const until = async (pattern: RegExp): Promise<string> => {
    while (!pattern.test(heard)) {
      if (socket.destroyed) assert.fail(`ended before ${pattern}: ${heard}`)
      const { promise, resolve } = Promise.withResolvers<void>()
      wake = resolve
      await promise
    }
    const all = heard
    heard = ''
    return all
  }
  await until(greeting)
  return { socket, say: (text, pattern) => (socket.write(Buffer.from(text, 'latin1')), until(pattern)) }
}

/** As a process that opens no port, with attachments of so many octets kept once. */
function listeningWith(attached: number): Listening {
  const { mail, mailKeeping, tls } = parseSettings({ MAIL_SINGLE_BYTES: String(attached) }, tmpdir())
  return { ports: mail, roles: [], tls, plainLogin: 'on', keeping: mailKeeping }
}

/** An IMAP server on a port of its own over a database of its own, with an account of 50,000 octets for each name, or with accounts made later. */
export async function openImap(names: readonly string[], quota = 50_000, own: { readonly ids: ReadonlyMap<string, string>; readonly password: string } | null = null, attached?: number): Promise<TestImap> {
  const it = await testRuntime({ services: [registry, audit, service, transport], ...(attached !== undefined && { listening: listeningWith(attached) }) })
  const parts = mailParts(it.runtime)
  const open = async (name: string): Promise<readonly [string, string]> => {
    const id = await it.runtime.command(null, (ctx) => openAccount(ctx, { kind: 'person', ownerId: randomUUID(), name, address: `${name}@cn.example`, quota }))
    await sql`update mail_account set login = ${name} where id = ${id}`.execute(it.runtime.db)
    return [name, id]
  }
  const ids = own?.ids ?? new Map(await Promise.all(names.map(open)))
  const errors: unknown[] = []
  const expected = own?.password ?? PASSWORD
  const store: ImapStore = {
    async login(name, password) {
      const id = ids.get(name)
      return id === undefined || password !== expected ? null : new StoredAccount(parts, id, name)
    },
  }
  const popStore: PopStore = {
    async login(name, password) {
      const id = ids.get(name)
      return id === undefined || password !== expected ? null : popAccount(parts, id, '127.0.0.1')
    },
  }
  const sockets = new Set<Socket>()
  const host = { tls: null, plainLogin: true, log: (error: unknown) => void errors.push(error) }
  const [server, popServer] = [createServer((socket) => void serveImap(socket, { ...host, store })), createServer((socket) => void servePop(socket, { ...host, store: popStore }))]
  const ports: number[] = []
  for (const one of [server, popServer]) {
    one.on('connection', (socket) => {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
    })
    one.listen(0, '127.0.0.1')
    await once(one, 'listening')
    ports.push((one.address() as AddressInfo).port)
  }
  const [port = 0, popPort = 0] = ports
  const raw = (): Promise<RawClient> => rawClient(port, /ready\r\n/)
  return {
    port, popPort, ids, errors, raw, sockets: () => [...sockets], runtime: it.runtime,
    async signedIn(name) {
      const client = await raw()
      await client.say(`l LOGIN ${name} ${PASSWORD}\r\n`, /^l OK/m)
      return client
    },
    async append(client, mailbox, text, flags = '') {
      const octets = Buffer.from(text, 'utf8').toString('latin1')
      await client.say(`p APPEND ${mailbox} ${flags}{${octets.length}+}\r\n${octets}\r\n`, /^p OK/m)
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      popServer.close()
      await it.close()
    },
  }
}
