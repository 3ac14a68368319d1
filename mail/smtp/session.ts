import { mechanisms } from '../sasl/sasl.ts'
import { signIn } from './auth.ts'
import { contentFault, type Content, type ContentFault } from './content.ts'
import { readRecipient, readSender } from './envelope.ts'
import { type Input, Silence } from './input.ts'
import type { SmtpLimits } from './limits.ts'
import { isPositive, type Reply, replies, reply, replyLine, replyLines } from './replies.ts'
import type { Account, Answer, Kind, Peer, SmtpService } from './service.ts'
import { begin, chunksUntil, type Transaction } from './transaction.ts'

/** The connection as a session sees it. */
export type Wire = {
  readonly input: Input
  readonly address: string
  readonly tls: string | null
  send(text: string): void
  /** Goes over to TLS; everything read before is forgotten. Null when no certificate is there or TLS is on. */
  readonly upgrade: (() => Promise<Wire>) | null
}

export type SessionOptions = {
  readonly kind: Kind
  readonly name: string
  /** Whether this client may sign in without TLS. */
  readonly plainLogin: boolean
  readonly limits: SmtpLimits
  /** Reserves octets of the memory all sessions share; false when there is no room. */
  readonly reserve: (octets: number) => boolean
  readonly release: (octets: number) => void
  /** Hears of errors inside, never of what clients write. */
  readonly log: (error: unknown) => void
}

/** What a command leads to besides its reply. */
type Next = 'on' | 'end'

/** One client's conversation, from the greeting to the end of the connection. */
export class SmtpSession {
  readonly #service: SmtpService
  readonly #options: SessionOptions
  #wire: Wire
  #helo = ''
  #extended = false
  #account: Account | null = null
  #transaction: Transaction | null = null
  #errors = 0
  #passwords = 0
  #messages = 0
  /** Commands since the last message that lead to none, and recipients beyond those that are taken. */
  #idle = 0
  #beyond = 0
  /** By when the next message must have come. */
  #until: number
  /** Tells the service that the last message's answer has arrived. */
  #confirmed: (() => void) | null = null

  constructor(service: SmtpService, options: SessionOptions, wire: Wire) {
    this.#service = service
    this.#options = options
    this.#wire = wire
    this.#until = performance.now() + options.limits.idleTime
  }

  /** Resolves when the conversation is over; the caller closes the connection. */
  async run(): Promise<void> {
    try {
      this.#wire.send(`220 ${this.#options.name} ${this.#options.kind === 'lmtp' ? 'LMTP' : 'ESMTP'}\r\n`)
      while ((await this.#one()) === 'on');
    } catch (error) {
      if (!(error instanceof Silence)) this.#options.log(error)
      if (!(error instanceof Silence) || error.why === 'slow') this.#say(error instanceof Silence ? replies.slow : { ...replies.trouble, code: 421 })
    }
    this.#drop()
  }

  /** Tells the client that the server goes down. */
  shutDown(): void {
    this.#say(replies.closing)
  }

  get #peer(): Peer {
    return { kind: this.#options.kind, address: this.#wire.address, helo: this.#helo, extended: this.#extended, tls: this.#wire.tls, account: this.#account }
  }

  get #deadline(): number {
    return Math.min(performance.now() + this.#options.limits.commandTime, this.#until)
  }

  async #one(): Promise<Next> {
    const { text, fault } = await this.#wire.input.line(this.#options.limits.command, this.#deadline)
    this.#confirmed?.()
    this.#confirmed = null
    // A client that ends lines otherwise cannot be understood: what it means by its next octets is unknown.
    if (fault === 'bad') return this.#end({ ...replies.badLine, code: 521 })
    if (fault === 'long') return this.#answer(replies.longLine)
    const [, verb = '', rest = ''] = /^([A-Za-z]{1,12})(?: +(.*?))? *$/.exec(text) ?? []
    if (/^(?:GET|POST|PUT|HEAD|OPTIONS|CONNECT)$/.test(verb)) return this.#end({ ...replies.unknown, code: 521 })
    return this.#command(verb.toUpperCase(), rest)
  }

  #command(verb: string, rest: string): Next | Promise<Next> {
    switch (verb) {
      case 'HELO': return this.#options.kind === 'lmtp' ? this.#answer(replies.unknown) : this.#hello(rest, false)
      case 'EHLO': return this.#options.kind === 'lmtp' ? this.#answer(replies.unknown) : this.#hello(rest, true)
      case 'LHLO': return this.#options.kind === 'lmtp' ? this.#hello(rest, true) : this.#answer(replies.unknown)
      case 'STARTTLS': return this.#startTls(rest)
      case 'AUTH': return this.#auth(rest)
      case 'MAIL': return this.#mail(rest)
      case 'RCPT': return this.#rcpt(rest)
      case 'DATA': return this.#data(rest)
      case 'BDAT': return this.#bdat(rest)
      case 'RSET': return this.#reset()
      case 'NOOP': return this.#passing(replies.ok)
      case 'HELP': return this.#passing(replies.help)
      case 'VRFY': return this.#passing(rest === '' ? replies.syntax : replies.noVerify)
      case 'EXPN': case 'ETRN': case 'TURN': return this.#answer(replies.notHere)
      case 'QUIT': return this.#end(replies.bye)
      default: return this.#answer(replies.unknown)
    }
  }

  #say(one: Reply, utf8 = false): void {
    this.#wire.send(replyLine(one, utf8))
  }

  /** Sends a reply; too many refusals end the connection. */
  #answer(one: Reply, utf8 = false): Next {
    if (!isPositive(one) && ++this.#errors > this.#options.limits.errors) return this.#end(replies.manyErrors)
    this.#say(one, utf8)
    return 'on'
  }

  /** Answers what leads to no message; too much of it ends the connection. */
  #passing(one: Reply): Next {
    return ++this.#idle > this.#options.limits.idle ? this.#end(replies.manyIdle) : this.#answer(one)
  }

  #end(one: Reply): Next {
    this.#say(one)
    return 'end'
  }

  #drop(): void {
    if (this.#transaction !== null) this.#options.release(this.#transaction.size)
    this.#transaction = null
  }

  #reset(): Next {
    this.#drop()
    return this.#passing(replies.ok)
  }

  #hello(name: string, extended: boolean): Next {
    if (name === '' || name.length > 255 || /[^\x21-\x7e]/.test(name)) return this.#answer(replies.syntax)
    this.#drop()
    this.#helo = name
    this.#extended = extended
    if (!extended) return this.#passing(reply(250, null, this.#options.name))
    if (++this.#idle > this.#options.limits.idle) return this.#end(replies.manyIdle)
    this.#wire.send(replyLines(250, [this.#options.name, ...this.#extensions()]))
    return 'on'
  }

  #extensions(): readonly string[] {
    const fixed = ['PIPELINING', `SIZE ${this.#options.limits.content.message}`, '8BITMIME', 'SMTPUTF8', 'DSN', 'ENHANCEDSTATUSCODES', 'CHUNKING']
    return [...fixed, ...(this.#wire.upgrade === null || this.#account !== null ? [] : ['STARTTLS']), ...(this.#mayAuthenticate() ? [`AUTH ${mechanisms(this.#service.accounts(this.#peer)).join(' ')}`] : [])]
  }

  get #maySignIn(): boolean {
    return this.#wire.tls !== null || this.#options.plainLogin
  }

  #mayAuthenticate(): boolean {
    return this.#options.kind === 'submission' && this.#maySignIn && this.#account === null
  }

  async #startTls(rest: string): Promise<Next> {
    if (rest !== '') return this.#answer(replies.syntax)
    if (this.#wire.upgrade === null) return this.#answer(replies.notHere)
    // Whoever signed in before may be somebody who sits in between.
    if (this.#account !== null) return this.#answer(replies.sequence)
    // What came behind STARTTLS in plain text could be an attacker's (CVE-2011-0411).
    if (this.#wire.input.waiting) return this.#end({ ...replies.sequence, code: 521 })
    this.#say(replies.startTls)
    this.#wire = await this.#wire.upgrade()
    this.#drop()
    this.#helo = ''
    this.#extended = false
    return 'on'
  }

  async #auth(rest: string): Promise<Next> {
    if (this.#options.kind !== 'submission') return this.#answer(replies.notHere)
    if (!this.#maySignIn) return this.#answer(replies.tlsFirst)
    if (!this.#extended || this.#account !== null || this.#transaction !== null) return this.#answer(replies.sequence)
    const known = await signIn(rest, this.#service.accounts(this.#peer), { input: this.#wire.input, deadline: () => this.#deadline, send: (text) => this.#wire.send(text) })
    if (!('code' in known)) {
      this.#account = known
      return this.#answer(replies.authenticated)
    }
    const tried = known === replies.wrongPassword || known === replies.laterPassword
    return tried && ++this.#passwords >= this.#options.limits.passwords ? this.#end(replies.manyPasswords) : this.#answer(known)
  }

  async #mail(rest: string): Promise<Next> {
    if (this.#helo === '') return this.#answer(replies.noGreeting)
    if (this.#options.kind === 'submission' && this.#account === null) return this.#answer(this.#maySignIn ? replies.signInFirst : replies.tlsFirst)
    if (this.#transaction !== null) return this.#answer(replies.nested)
    if (++this.#messages > this.#options.limits.messages) return this.#end(replies.manyMessages)
    const read = readSender(rest)
    if ('refused' in read) return this.#answer(read.refused)
    if ((read.value.size ?? 0) > this.#options.limits.content.message) return this.#answer(replies.tooLarge)
    const refused = await this.#asked(() => this.#service.sender(read.value, this.#peer))
    if (refused !== null) return this.#answer(refused)
    this.#transaction = begin(read.value)
    return this.#answer(replies.senderOk)
  }

  async #rcpt(rest: string): Promise<Next> {
    const transaction = this.#transaction
    if (transaction === null || transaction.chunks !== null) return this.#answer(transaction === null ? replies.noSender : replies.sequence)
    const read = readRecipient(rest, transaction.sender.utf8)
    if ('refused' in read) return this.#answer(read.refused)
    if (transaction.recipients.length >= this.#options.limits.recipients) return this.#tooMany()
    const refused = await this.#asked(() => this.#service.recipient(read.value, transaction.sender, this.#peer))
    if (refused !== null) return this.#answer(refused)
    transaction.recipients.push(read.value)
    return this.#answer(replies.recipientOk)
  }

  /** Whoever has more recipients is to send the rest by themselves (RFC 5321 4.5.3.1.10): that is no error, unless it does not end. */
  #tooMany(): Next {
    if (++this.#beyond > this.#options.limits.recipients) return this.#answer(replies.manyRecipients)
    this.#say(replies.manyRecipients)
    return 'on'
  }

  /** Asks the service; what fails inside is told as a passing trouble. */
  async #asked(ask: () => Promise<Reply | null>): Promise<Reply | null> {
    try {
      return await ask()
    } catch (error) {
      this.#options.log(error)
      return replies.trouble
    }
  }

  async #data(rest: string): Promise<Next> {
    const transaction = this.#transaction
    if (rest !== '') return this.#answer(replies.syntax)
    if (transaction === null) return this.#answer(replies.noSender)
    if (transaction.chunks !== null) return this.#answer(replies.sequence)
    if (transaction.recipients.length === 0) return this.#answer(replies.noRecipients)
    this.#say(replies.goAhead)
    const { limits } = this.#options
    const content = await this.#wire.input.content(limits.content, performance.now() + limits.messageTime, (octets) => this.#reserve(transaction, octets))
    return this.#take(transaction, content)
  }

  async #bdat(rest: string): Promise<Next> {
    const [, digits, last] = /^(\d{1,12})( +LAST)?$/i.exec(rest) ?? []
    if (digits === undefined) return this.#end({ ...replies.syntax, code: 521 })
    const transaction = this.#transaction
    const { content, messageTime } = this.#options.limits
    const size = Number(digits)
    const wanted = transaction !== null && transaction.recipients.length > 0 && !transaction.broken
    const fits = wanted && transaction.size + size <= content.message
    if (size > 2 * content.message) return this.#end({ ...replies.tooLarge, code: 521 })
    const chunks = transaction?.chunks ?? chunksUntil(performance.now() + messageTime)
    let kept = fits
    await this.#wire.input.octets(size, chunks.until, (chunk) => {
      kept &&= transaction !== null && this.#reserve(transaction, chunk.length)
      if (kept) chunks.octets.add(chunk)
    })
    if (transaction === null) return this.#answer(replies.noSender)
    if (transaction.recipients.length === 0) return this.#answer(replies.noRecipients)
    transaction.chunks = chunks
    if (!kept) transaction.broken = true
    if (last !== undefined && kept) return this.#takeChunks(transaction, chunks.octets.take())
    if (last !== undefined) this.#drop()
    const received = reply(250, '2.0.0', `${size} octets received`)
    if (kept) return size > 0 ? this.#answer(received) : this.#passing(received)
    return this.#answer(fits ? replies.noMemory : wanted ? replies.tooLarge : replies.sequence)
  }

  #takeChunks(transaction: Transaction, raw: Buffer): Promise<Next> {
    return this.#take(transaction, { raw, fault: contentFault(raw, this.#options.limits.content) })
  }

  /** Hands a whole message over and answers, once or for each recipient. */
  async #take(transaction: Transaction, { raw, fault }: Content): Promise<Next> {
    const { sender, recipients } = transaction
    const refused = fault === null ? this.#refusal(raw) : FAULTS[fault]
    if (refused !== null) this.#service.refused?.(refused, this.#peer)
    const { replies: answers, confirmed } = refused === null ? await this.#handOver(() => this.#service.message({ sender, recipients }, raw, this.#peer)) : { replies: [refused] }
    this.#confirmed = confirmed ?? null
    this.#idle = 0
    this.#until = performance.now() + this.#options.limits.idleTime
    this.#drop()
    const each = this.#options.kind === 'lmtp' ? recipients.map((_, index) => answers[index] ?? answers[0] ?? replies.trouble) : [answers[0] ?? replies.trouble]
    // Programs of our own people show them what they hear.
    const utf8 = sender.utf8 || this.#options.kind === 'submission'
    for (const one of each) if (this.#answer(one, utf8) === 'end') return 'end'
    return 'on'
  }

  #reserve(transaction: Transaction, octets: number): boolean {
    if (!this.#options.reserve(octets)) return false
    transaction.size += octets
    return true
  }

  #refusal(raw: Buffer): Reply | null {
    const end = raw.indexOf('\r\n\r\n')
    return (end < 0 ? raw.length : end) > this.#options.limits.header ? replies.largeHeader : null
  }

  async #handOver(take: () => Promise<Answer>): Promise<Answer> {
    try {
      return await take()
    } catch (error) {
      this.#options.log(error)
      return { replies: [replies.trouble] }
    }
  }
}

const FAULTS: Readonly<Record<ContentFault, Reply>> = { bare: replies.bareBreak, nul: replies.nul, long: replies.longContentLine, large: replies.tooLarge, memory: replies.noMemory }
