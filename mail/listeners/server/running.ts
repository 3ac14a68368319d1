import { Guests } from '../../wire/guests.ts'
import type { PortId, PortState } from '../contract.ts'
import type { ListenerParts, MailServer } from './listener.ts'
import { type Described, openPort, type Port } from './port.ts'

type Opened = Awaited<ReturnType<MailServer['open']>>

/** A port of a protocol with what it belongs to. */
type Place = { readonly server: MailServer; readonly described: Described }

/** The mail ports of one process, opened and closed while it runs. Changes are made one after the other. */
export class RunningPorts {
  readonly #parts: ListenerParts
  readonly #places: readonly Place[]
  readonly #guests = new Guests()
  readonly #ports = new Map<PortId, Port>()
  readonly #opened = new Map<MailServer, Opened>()
  readonly #closing = new Set<Promise<void>>()
  readonly #errors = new Map<PortId, PortState['lastError']>()
  #last: Promise<unknown> = Promise.resolve()
  #ended = false

  constructor(parts: ListenerParts, servers: readonly MailServer[]) {
    this.#parts = parts
    const mine = servers.filter(({ role }) => parts.listening.roles.includes(role))
    this.#places = mine.flatMap((server) => server.ports.filter(({ id }) => parts.listening.ports[id] !== 0).map((described) => ({ server, described })))
  }

  /** Whether this process opens the port when it is on. */
  has(id: PortId): boolean {
    return this.#places.some(({ described }) => described.id === id)
  }

  states(): readonly PortState[] {
    return this.#places.map(({ server, described: { id, title } }) => {
      const now = this.#ports.get(id)?.state()
      return now ?? { id, title, role: server.role, port: this.#parts.listening.ports[id], state: 'off', reason: null, open: 0, refused: this.#guests.refused, lastError: this.#errors.get(id) ?? null }
    })
  }

  /** Opens and closes until exactly the ports are on that should be. What could not be opened is not tried again. */
  apply(off: ReadonlySet<string>): Promise<void> {
    return this.#inTurn(async () => {
      for (const place of this.#places) {
        if (off.has(place.described.id)) this.#shut(place.described.id)
        else if (!this.#ports.has(place.described.id)) await this.#open(place)
      }
    })
  }

  /** Opens a port now; the reason when that fails: then it is as before. */
  open(id: PortId): Promise<string | null> {
    return this.#inTurn(async () => {
      const place = this.#places.find(({ described }) => described.id === id)
      const before = this.#ports.get(id)
      if (place === undefined || before?.state().state === 'listening') return null
      const { reason } = (await this.#open(place)).state()
      if (reason !== null && before === undefined) this.#shut(id)
      return reason
    })
  }

  async end(): Promise<void> {
    await this.#inTurn(async () => {
      this.#ended = true
      for (const id of this.#ports.keys()) this.#shut(id)
    })
    await Promise.all(this.#closing)
    for (const { close } of this.#opened.values()) await close()
  }

  async #open({ server, described }: Place): Promise<Port> {
    const opened = this.#opened.get(server) ?? (await server.open(this.#parts))
    this.#opened.set(server, opened)
    const port = await openPort(this.#parts, server.role, described, this.#guests, opened.serve(described.id))
    this.#ports.set(described.id, port)
    return port
  }

  /** Takes no more connections at once; those that are open are said goodbye to. */
  #shut(id: PortId): void {
    const port = this.#ports.get(id)
    if (port === undefined) return
    this.#errors.set(id, port.state().lastError)
    this.#ports.delete(id)
    const closed = port.close().finally(() => this.#closing.delete(closed))
    this.#closing.add(closed)
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(() => (this.#ended ? Promise.reject(new Error('the ports are closed')) : run()))
    this.#last = turn.catch(() => undefined)
    return turn
  }
}
