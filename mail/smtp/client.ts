import { connect as connectPlainly, type Socket } from 'node:net'
import { connect as connectSecurely, type SecureContext, type TLSSocket } from 'node:tls'
import { drained, Input, Silence } from './input.ts'
import { type Reply, reply } from './replies.ts'
import type { Recipient } from './service.ts'
import { stuffed } from './stuffed.ts'
import { xtext } from './path.ts'

/** How a server is reached. `tls`: `try` takes what is offered, `must` needs a certificate of that name, `implicit` needs it from the first octet. */
export type Route = {
  readonly host: string
  readonly address: string
  readonly port: number
  readonly tls: 'never' | 'try' | 'must' | 'implicit'
  readonly auth: { readonly user: string; readonly password: string } | null
}

export type ClientOptions = {
  /** Our own name. */
  readonly name: string
  readonly lmtp?: boolean
  /** Certificates that are trusted besides the usual ones. */
  readonly trust?: SecureContext
  /** ms for one answer, and for the one after the message (RFC 5321 4.5.3.2). */
  readonly commandTime?: number
  readonly messageTime?: number
}

/** A message on its way out. `utf8`: an address or the header is not ASCII. */
export type Outgoing = { readonly sender: string; readonly envelopeId: string | null; readonly returns: 'FULL' | 'HDRS' | null; readonly recipients: readonly Recipient[]; readonly raw: Buffer; readonly utf8: boolean }

/** A conversation that cannot go on; `reply` is what recipients are told. */
export class ClientTrouble extends Error {
  readonly reply: Reply
  constructor(told: Reply) {
    super(`${told.code} ${told.status ?? ''} ${told.text}`)
    this.reply = told
  }
}

const trouble = (code: number, status: string, text: string): ClientTrouble => new ClientTrouble(reply(code, status, text))

const LONGEST_LINE = 4_096
const MOST_LINES = 100
const COMMAND_MS = 5 * 60_000
const MESSAGE_MS = 10 * 60_000
const CONNECT_MS = 30_000

/** A conversation with another server that has answered our greeting. */
export class SmtpClient {
  readonly #options: ClientOptions
  readonly #route: Route
  #socket: Socket
  #input: Input
  #extensions: ReadonlyMap<string, string> = new Map()
  /** Protocol and cipher; null on plain TCP. */
  tls: string | null = null

  private constructor(socket: Socket, route: Route, options: ClientOptions) {
    this.#socket = socket
    this.#route = route
    this.#options = options
    this.#input = inputOf(socket)
  }

  /** Connects, greets, begins TLS and signs in as the route says. Ends with `ClientTrouble`. */
  static async open(route: Route, options: ClientOptions): Promise<SmtpClient> {
    const socket = await connected(route, options)
    const client = new SmtpClient(socket, route, options)
    try {
      if (route.tls === 'implicit') client.tls = cipherOf(socket as TLSSocket)
      await client.#greet()
      return client
    } catch (error) {
      socket.destroy()
      throw error instanceof Silence ? trouble(421, '4.4.2', error.why === 'slow' ? 'no answer in time' : 'connection lost') : error
    }
  }

  /** Whether the server takes reports upon itself (RFC 3461). */
  get reports(): boolean {
    return this.#extensions.has('DSN')
  }

  /** Sends one message; answers for each recipient in their order. */
  async send(message: Outgoing): Promise<readonly Reply[]> {
    try {
      return await this.#transaction(message)
    } catch (error) {
      this.#socket.destroy()
      if (!(error instanceof Silence)) throw error
      throw trouble(421, '4.4.2', error.why === 'slow' ? 'no answer in time' : 'connection lost')
    }
  }

  get #messageTime(): number {
    return this.#options.messageTime ?? MESSAGE_MS
  }

  get alive(): boolean {
    return !this.#socket.destroyed && this.#socket.writable
  }

  async quit(): Promise<void> {
    if (!this.alive) return
    this.#write('QUIT\r\n')
    await this.#read(5_000).catch(() => undefined)
    this.#socket.destroy()
  }

  #write(text: string | Buffer): void {
    this.#socket.write(text)
  }

  async #read(time = this.#options.commandTime ?? COMMAND_MS): Promise<Reply> {
    const deadline = performance.now() + time
    const texts: string[] = []
    for (let count = 0; count < MOST_LINES; count++) {
      const { text, fault } = await this.#input.line(LONGEST_LINE, deadline)
      const match = fault === null ? /^(\d{3})([ -]?)(.*)$/.exec(text) : null
      if (match === null) throw trouble(451, '4.5.0', 'answer cannot be read')
      texts.push(match[3] ?? '')
      if (match[2] !== '-') return readReply(Number(match[1]), texts)
    }
    throw trouble(451, '4.5.0', 'endless answer')
  }

  async #ask(command: string): Promise<Reply> {
    this.#write(`${command}\r\n`)
    return this.#read()
  }

  async #greet(): Promise<void> {
    expected(await this.#read(), 220)
    await this.#hello()
    if (this.#route.tls === 'must' || this.#route.tls === 'try') await this.#secure()
    if (this.#route.auth !== null) await this.#signIn(this.#route.auth)
  }

  async #hello(): Promise<void> {
    this.#write(`${this.#options.lmtp === true ? 'LHLO' : 'EHLO'} ${this.#options.name}\r\n`)
    const answer = await this.#read()
    if (answer.code === 250) {
      this.#extensions = new Map(answer.text.split('\n').slice(1).map((line) => [(line.split(' ')[0] ?? '').toUpperCase(), line.slice(line.indexOf(' ') + 1)]))
      return
    }
    if (this.#options.lmtp === true || answer.code < 500) throw new ClientTrouble(answer)
    expected(await this.#ask(`HELO ${this.#options.name}`), 250)
    this.#extensions = new Map()
  }

  async #secure(): Promise<void> {
    const must = this.#route.tls === 'must'
    if (!this.#extensions.has('STARTTLS')) {
      if (must) throw trouble(451, '4.7.4', 'TLS is needed and not offered')
      return
    }
    expected(await this.#ask('STARTTLS'), 220)
    this.#socket.removeAllListeners('data')
    const secure = connectSecurely({ socket: this.#socket, ...tlsOptions(this.#route, this.#options), rejectUnauthorized: must })
    await ready(secure, 'secureConnect', this.#options.commandTime ?? COMMAND_MS)
    this.#socket = secure
    this.#input = inputOf(secure)
    this.tls = cipherOf(secure)
    await this.#hello()
  }

  async #signIn({ user, password }: { readonly user: string; readonly password: string }): Promise<void> {
    if (this.tls === null && !/^(?:127\.|::1$)/.test(this.#route.address)) throw trouble(451, '4.7.4', 'no password without TLS')
    expected(await this.#ask(`AUTH PLAIN ${Buffer.from(`\0${user}\0${password}`).toString('base64')}`), 235)
  }

  async #transaction(message: Outgoing): Promise<readonly Reply[]> {
    const { recipients } = message
    const all = (told: Reply): readonly Reply[] => recipients.map(() => told)
    const unfit = this.#unfit(message)
    if (unfit !== null) return all(unfit)
    this.#write([this.#mailCommand(message), ...recipients.map((one) => this.#rcptCommand(one))].map((line) => `${line}\r\n`).join(''))
    const mail = await this.#read()
    const answers: Reply[] = []
    for (const _ of recipients) answers.push(await this.#read())
    const good = answers.filter(({ code }) => code === 250 || code === 251)
    if (mail.code !== 250 || good.length === 0) {
      await this.#ask('RSET')
      return mail.code === 250 ? answers : all(mail)
    }
    const ahead = await this.#ask('DATA')
    if (ahead.code !== 354) {
      await this.#ask('RSET')
      return answers.map((answer) => (good.includes(answer) ? ahead : answer))
    }
    const deadline = performance.now() + this.#messageTime
    for (const piece of stuffed(message.raw)) await written(this.#socket, piece, deadline)
    return this.#ends(answers, good)
  }

  /** With LMTP there is an answer for each recipient that was taken (RFC 2033 4.2). */
  async #ends(answers: readonly Reply[], good: readonly Reply[]): Promise<readonly Reply[]> {
    const time = this.#messageTime
    if (this.#options.lmtp !== true) {
      const end = await this.#read(time)
      return answers.map((answer) => (good.includes(answer) ? end : answer))
    }
    const ends: Reply[] = []
    for (const answer of answers) ends.push(good.includes(answer) ? await this.#read(time) : answer)
    return ends
  }

  /** Why this server cannot take the message as it is; it is never rewritten, as that would break its signatures. */
  #unfit({ raw, utf8 }: Outgoing): Reply | null {
    const most = Number(this.#extensions.get('SIZE') ?? 0)
    if (most > 0 && raw.length > most) return reply(552, '5.3.4', `message larger than ${this.#route.host} takes`)
    if (utf8 && !this.#extensions.has('SMTPUTF8')) return reply(553, '5.6.7', `${this.#route.host} takes no addresses beyond ASCII`)
    return !utf8 && isEightBit(raw) && !this.#extensions.has('8BITMIME') ? reply(554, '5.6.3', `${this.#route.host} takes no 8-bit messages`) : null
  }

  #mailCommand({ sender, raw, utf8, envelopeId, returns }: Outgoing): string {
    const has = (name: string): boolean => this.#extensions.has(name)
    return [
      `MAIL FROM:<${sender}>`,
      ...(has('SIZE') ? [`SIZE=${raw.length}`] : []),
      ...(has('8BITMIME') && isEightBit(raw) ? ['BODY=8BITMIME'] : []),
      ...(utf8 ? ['SMTPUTF8'] : []),
      ...(has('DSN') && returns !== null ? [`RET=${returns}`] : []),
      ...(has('DSN') && envelopeId !== null ? [`ENVID=${xtext(envelopeId)}`] : []),
    ].join(' ')
  }

  #rcptCommand({ address, notify, original }: Recipient): string {
    const wishes = this.reports ? [...(notify === null ? [] : [`NOTIFY=${notify.join(',')}`]), ...(original === null ? [] : [`ORCPT=${original}`])] : []
    return [`RCPT TO:<${address}>`, ...wishes].join(' ')
  }
}

const isEightBit = (raw: Buffer): boolean => raw.some((octet) => octet > 127)

function expected(answer: Reply, code: number): void {
  if (answer.code !== code) throw new ClientTrouble(answer.code >= 400 ? answer : reply(451, '4.5.0', `unexpected answer ${answer.code}`))
}

function readReply(code: number, texts: readonly string[]): Reply {
  const status = /^([245]\.\d{1,3}\.\d{1,3})\b ?/.exec(texts[0] ?? '')
  return reply(code, status?.[1] ?? null, texts.map((text) => (status === null ? text : text.replace(/^[245]\.\d{1,3}\.\d{1,3}\b ?/, ''))).join('\n'))
}

function inputOf(socket: Socket): Input {
  const input = new Input(async () => undefined, (read) => void (read ? socket.resume() : socket.pause()))
  socket.on('data', (chunk: Buffer) => input.push(chunk))
  socket.on('end', () => input.end())
  socket.on('close', () => input.end())
  socket.on('error', () => void socket.destroy())
  return input
}

const cipherOf = (socket: TLSSocket): string => `${socket.getProtocol() ?? ''} ${socket.getCipher().name}`

const tlsOptions = ({ host }: Route, { trust }: ClientOptions) => ({ servername: /^[\d.:]+$/.test(host) ? '' : host, ...(trust !== undefined && { secureContext: trust }) })

async function connected(route: Route, options: ClientOptions): Promise<Socket> {
  const socket = route.tls === 'implicit' ? connectSecurely({ host: route.address, port: route.port, ...tlsOptions(route, options) }) : connectPlainly({ host: route.address, port: route.port, noDelay: true })
  await ready(socket, route.tls === 'implicit' ? 'secureConnect' : 'connect', CONNECT_MS)
  return socket
}

/** Waits for a connection or a handshake. */
async function ready(socket: Socket, event: 'connect' | 'secureConnect', time: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const timer = setTimeout(() => reject(trouble(421, '4.4.1', 'no connection in time')), time)
  const failed = (error?: Error): void => reject(event === 'connect' ? trouble(421, '4.4.1', `no connection: ${(error as { code?: string } | undefined)?.code ?? 'closed'}`) : trouble(451, '4.7.5', `TLS failed: ${error?.message ?? 'closed'}`))
  socket.once(event, () => resolve())
  socket.once('error', failed)
  socket.once('close', () => failed())
  try {
    await promise
  } catch (error) {
    socket.destroy()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** Writes as fast as the other side reads; one that does not is given up. */
async function written(socket: Socket, piece: Buffer, deadline: number): Promise<void> {
  if (!socket.destroyed && !socket.write(piece)) await drained(socket, deadline)
}
