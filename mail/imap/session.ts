import { setText } from './sequence-set.ts'
import { advance, type Numbered, type Told, type View } from './view.ts'
import { cause } from './notices.ts'
import { AS_EVER, type Selected } from './notify-spec.ts'
import { may } from '../store/rights.ts'
import { latin } from './answers.ts'
import { type Cursor, cursorOf, GrammarError, readTag, readWord, expect } from './cursor.ts'
import { CommandReader, type RawCommand, readerLimits, type Sink, strangerLimits } from './reader.ts'
import type { Spool } from './spool.ts'
import { type ImapAccount, type ImapStore, Refusal } from './store.ts'
import { Breath } from '../wire/breath.ts'
import type { Wire } from '../wire/connection.ts'

/** How a command ended; `code` goes in brackets, made when all changes are told. An empty text: it has answered itself. */
export type Done = { readonly text: string; readonly code?: string | (() => string) }
export const done = (text: string, code?: Done['code']): Done => (code === undefined ? { text } : { text, code })

/** What a client may switch on (RFC 5161). */
export type Extension = 'CONDSTORE' | 'QRESYNC' | 'UTF8=ACCEPT' | 'IMAP4rev2' | 'METADATA'

export type Phase = 'open' | 'known' | 'selected' | 'over'

/** What NOTIFY has put in force (RFC 5465). */
export type Notifying = {
  readonly selected: Selected
  /** Tells what is wanted of messages that others put into the selected mailbox. */
  tellNew(members: readonly Numbered[]): Promise<void>
  /** What this session has done itself is not told to it. */
  did(...causes: readonly string[]): void
  stop(): void
}

export type Command = {
  readonly name: string
  readonly phases: readonly Phase[]
  /** Message numbers in it: expunged messages are told only after a later command. */
  readonly keepNumbers?: boolean
  /** Only reads: right behind another command it does not look for changes again. */
  readonly reads?: boolean
  /** Takes messages away: what is gone is told whatever NOTIFY says. */
  readonly expunges?: boolean
  readonly run: (session: Session, cursor: Cursor, tag: string) => Promise<Done>
}

export type SessionOptions = {
  /** Whether passwords may come without TLS. */
  readonly plainLogin: boolean
  readonly spool: Spool
  /** Hears of errors inside. */
  readonly log: (error: unknown) => void
}

/** How long a look for changes lasts for commands that follow each other. */
const RECENT_MS = 100
const WRONG_PASSWORDS = 3
/** Commands that wait for the one before; then the connection is not read on. */
const MOST_WAITING = 50
const MOST_WAITING_OCTETS = 2_097_152

/** One client's conversation. Commands run one after the other in the order in which they came. */
export class Session {
  readonly store: ImapStore
  readonly #commands: ReadonlyMap<string, Command>
  readonly wire: Wire
  readonly #plainLogin: boolean
  readonly #spool: Spool
  readonly #log: (error: unknown) => void
  #spooled = 0
  /** When changes were last looked for. */
  #told = 0
  readonly #reader: CommandReader
  #queue: Promise<void> = Promise.resolve()
  #waiting = 0
  #waitingOctets = 0
  readonly #breath = new Breath()
  #telling = false
  #unwatch: (() => void) | null = null
  /** Commands that came before an encryption are not heard after it. */
  #epoch = 0
  readonly enabled = new Set<Extension>()
  account: ImapAccount | null = null
  /** How the program calls itself (RFC 2971). */
  client: string | null = null
  view: View | null = null
  /** Null until NOTIFY is used. */
  notifier: Notifying | null = null
  idling = false
  over = false
  compressed = false
  failures = 0
  /** Takes the next line instead of a command: SASL, DONE. */
  answer: ((line: string) => void) | null = null

  constructor(commands: ReadonlyMap<string, Command>, store: ImapStore, wire: Wire, { plainLogin, spool, log }: SessionOptions) {
    this.#commands = commands
    this.store = store
    this.wire = wire
    this.#plainLogin = plainLogin
    this.#spool = spool
    this.#log = log
    this.#reader = new CommandReader(
      {
        command: (raw) => this.#take(raw),
        goAhead: () => void this.send('+ OK\r\n'),
        refused: (reason, tag, fatal) => this.#enqueue(() => this.#refuse(reason, tag, fatal)),
        sink: (before, size) => this.#sink(before, size),
      },
      strangerLimits,
    )
  }

  get known(): boolean {
    return this.account !== null
  }

  /** False while passwords would be told to everybody on the way. */
  get mayLogin(): boolean {
    return this.wire.secure || this.#plainLogin
  }

  /** From now on MODSEQs are told; a session with a selected mailbox hears where it stands (RFC 7162 3.1). */
  async useCondstore(): Promise<void> {
    if (this.enabled.has('CONDSTORE')) return
    this.enabled.add('CONDSTORE')
    if (this.view !== null) await this.send(`* OK [HIGHESTMODSEQ ${this.view.modseq}] highest\r\n`)
  }

  /** Names of mailboxes go as UTF-8 in both directions (RFC 6855, RFC 9051). */
  get utf8(): boolean {
    return this.enabled.has('UTF8=ACCEPT') || this.enabled.has('IMAP4rev2')
  }

  get phase(): Phase {
    if (this.over) return 'over'
    return this.account === null ? 'open' : this.view === null ? 'known' : 'selected'
  }

  /** True while so many commands wait that no more should be read. */
  get full(): boolean {
    return this.#waiting > MOST_WAITING || this.#waitingOctets > MOST_WAITING_OCTETS
  }

  push(chunk: Buffer): void {
    if (!this.over) this.#reader.push(chunk)
  }

  /** Resolves when everything that came so far has been answered. */
  async idle(): Promise<void> {
    await this.#queue
  }

  close(): void {
    this.over = true
    this.notifier?.stop()
    this.deselect()
    this.answer?.('')
    this.#reader.abort()
    this.#giveBack()
  }

  async send(text: string | Buffer): Promise<void> {
    await this.wire.write(typeof text === 'string' ? latin(text) : text)
  }

  signIn(account: ImapAccount): void {
    this.account = account
    this.failures = 0
    this.#reader.limits = readerLimits
  }

  /** Counts a wrong password; after three the connection ends. */
  async rejectPassword(): Promise<never> {
    if (++this.failures >= WRONG_PASSWORDS) await this.leave('too many wrong passwords')
    throw new Refusal('AUTHENTICATIONFAILED', 'account or password is wrong')
  }

  async leave(why: string): Promise<void> {
    if (this.over) return
    await this.send(`* BYE ${why}\r\n`)
    this.quit()
  }

  /** Ends without a word more. */
  quit(): void {
    this.close()
    this.wire.end()
  }

  /** From now on compressed in both directions. */
  compress(): void {
    this.compressed = true
    this.wire.compress()
  }

  /** From now on TLS; whatever was sent along in the clear is forgotten, as nobody knows who wrote it. */
  encrypt(): void {
    this.#epoch++
    this.#reader.abort()
    this.wire.encrypt()
  }

  select(view: View): void {
    this.view = view
    this.listen()
  }

  /** Hears of changes of the selected mailbox while the client waits for them: in IDLE, or because NOTIFY says so. */
  listen(): void {
    this.#unwatch?.()
    const isHeard = this.view !== null && (this.idling || this.#selected.when !== 'commands')
    this.#unwatch = isHeard && this.view !== null ? (this.account?.watch(this.view.mailboxId, () => this.tellSoon()) ?? null) : null
  }

  /** From now on what another NOTIFY says. */
  notify(notifier: Notifying): void {
    this.notifier?.stop()
    this.notifier = notifier
    this.listen()
  }

  /** Notes messages that this session has put into a mailbox. */
  put(mailboxId: number, uids: readonly number[]): void {
    this.notifier?.did(cause.filled(mailboxId, (uids.at(-1) ?? 0) + 1, uids.length))
    if (this.#selected.items.length > 0 && this.view?.mailboxId === mailboxId) for (const uid of uids) this.view.own.add(uid)
  }

  get #selected(): Selected {
    return this.notifier?.selected ?? AS_EVER
  }

  deselect(): void {
    this.view = null
    this.listen()
  }

  /** Tells the client what happened in its mailbox since it was told last, as far as it wants to know, or at least which messages come and go, or all of it. */
  async tellChanges(keepNumbers: boolean, what: 'wanted' | 'messages' | 'all' = 'wanted'): Promise<void> {
    const { view, account } = this
    const { messages, flags } = what === 'all' ? AS_EVER : this.#selected
    if (view === null || account === null || (what === 'wanted' && !messages)) return
    this.#told = performance.now()
    if (!(await this.#mayRead(view, account))) return
    const changes = await account.changes(view.mailboxId, view.modseq)
    if (changes === null) return this.leave('the mailbox was deleted')
    if (changes.modseq === view.modseq && (keepNumbers || view.gone.length === 0)) return
    const told = advance(view, changes, keepNumbers)
    const text = changesText(flags ? told : { ...told, flags: [] }, this.enabled)
    if (text !== '') await this.send(text)
    if (told.fresh.length > 0) await this.notifier?.tellNew(told.fresh)
  }

  /**
   * Whether the selected mailbox may still be read; the client hears once when that has ended, and nothing of what happens there after that. Rights to mailboxes of others may end at any
   * time; limits that owners set for themselves hold from their next SELECT.
   */
  async #mayRead(view: View, account: ImapAccount): Promise<boolean> {
    const before = view.rights
    if (!view.isOwn) view.rights = (await account.rights(view.mailboxId)) ?? before
    if (!may(view.rights, 'r') && may(before, 'r')) await this.send('* NO [NOPERM] you may no longer read this mailbox\r\n')
    return may(view.rights, 'r')
  }

  /** The same as soon as what runs now is over; whoever calls again before that is told the same. */
  tellSoon(): void {
    if (this.#telling) return
    this.#telling = true
    this.#enqueue(() => {
      this.#telling = false
      return this.tellChanges(this.#selected.when === 'delayed' && !this.idling)
    })
  }

  /** Does something as soon as what runs now is over. */
  soon(work: () => Promise<void>): void {
    this.#enqueue(work)
  }

  /** Ends a command that has answered nothing yet. */
  finish(tag: string, text: string): void {
    this.#enqueue(async () => {
      await this.tellChanges(false)
      await this.#answer(tag, 'OK', text)
    })
  }

  /** Large literals are messages of an APPEND, as long as there is room for them. */
  #sink({ texts }: RawCommand, size: number): Sink | null {
    return this.known && /^[^ ]+ APPEND /i.test(texts[0] ?? '') ? this.#spool.sink(size, (octets) => void (this.#spooled += octets)) : null
  }

  /** Takes room for octets that the command under way brings together, until it is over. */
  hold(octets: number): void {
    if (!this.#spool.take(octets)) throw new Refusal('LIMIT', 'too much at once')
    this.#spooled += octets
  }

  #giveBack(): void {
    this.#spool.give(this.#spooled)
    this.#spooled = 0
  }

  #take(raw: RawCommand): void {
    const { answer } = this
    if (answer !== null) {
      this.answer = null
      answer(raw.texts[0] ?? '')
      return
    }
    const size = raw.literals.reduce((sum, one) => sum + (one.kind === 'octets' ? one.octets.length : 0), 0)
    this.#waitingOctets += size
    this.#enqueue(() => {
      this.#waitingOctets -= size
      return this.#run(raw)
    })
  }

  #enqueue(work: () => Promise<void>): void {
    this.#waiting++
    this.#queue = this.#after(this.#queue, work, this.#epoch)
  }

  async #after(before: Promise<void>, work: () => Promise<void>, epoch: number): Promise<void> {
    await before
    await this.#breath.take()
    this.#waiting--
    if (!this.over && epoch === this.#epoch) await work().catch((error: unknown) => this.#fail(error))
    if (this.#waiting === 0 && !this.#reader.busy) this.#giveBack()
  }

  /** Nobody waits for what changes and goodbyes lead to, so no error may go further than here. */
  async #fail(error: unknown): Promise<void> {
    this.#log(error)
    await this.leave('internal error')
  }

  async #refuse(reason: string, tag: string, fatal: boolean): Promise<void> {
    await this.send(reason === 'message' ? `${tag} NO [TOOBIG] message too large\r\n` : reason === 'memory' && this.known ? `${tag} NO [LIMIT] too much at once\r\n` : `${tag} BAD ${reason === 'nul' ? 'NUL in a command' : `too much: ${reason}`}\r\n`)
    if (fatal) await this.leave('cannot find the next command')
  }

  async #run(raw: RawCommand): Promise<void> {
    let tag = '*'
    let keepNumbers = false
    try {
      const cursor = cursorOf(raw)
      tag = readTag(cursor)
      expect(cursor, ' ')
      const word = readWord(cursor)
      const name = word === 'UID' ? (expect(cursor, ' '), `UID ${readWord(cursor)}`) : word
      const command = this.#commands.get(name)
      if (command === undefined || !command.phases.includes(this.phase)) return await this.#answer(tag, 'BAD', command === undefined ? `unknown command ${word}` : `${name} is not possible now`)
      keepNumbers = command.keepNumbers === true
      if (this.view !== null && this.account !== null) await this.#mayRead(this.view, this.account)
      const { text, code } = await command.run(this, cursor, tag)
      if (this.over || text === '') return
      if (command.reads !== true || performance.now() - this.#told > RECENT_MS) await this.tellChanges(keepNumbers, command.expunges === true ? 'messages' : 'wanted')
      await this.#answer(tag, 'OK', code === undefined ? text : `[${typeof code === 'string' ? code : code()}] ${text}`)
    } catch (error) {
      if (this.over) return
      if (error instanceof GrammarError) return await this.#answer(tag, 'BAD', error.message)
      if (!(error instanceof Refusal)) throw error
      await this.tellChanges(keepNumbers)
      await this.#answer(tag, 'NO', error.code === null ? error.message : `[${error.code}] ${error.message}`)
    }
  }

  async #answer(tag: string, how: 'OK' | 'NO' | 'BAD', text: string): Promise<void> {
    await this.send(`${tag} ${how} ${text}\r\n`)
  }
}

/** Untagged answers that tell changes of the selected mailbox. */
function changesText({ expunged, exists, flags }: Told, enabled: ReadonlySet<Extension>): string {
  const gone = enabled.has('QRESYNC') && expunged.length > 0 ? [`* VANISHED ${setText(expunged.map(({ uid }) => uid).toReversed())}\r\n`] : expunged.map(({ number }) => `* ${number} EXPUNGE\r\n`)
  const modseq = (one: Told['flags'][number]): string => (enabled.has('CONDSTORE') ? ` MODSEQ (${one.modseq})` : '')
  return [
    ...gone,
    ...(exists === null ? [] : [`* ${exists} EXISTS\r\n`]),
    ...flags.map((one) => `* ${one.number} FETCH (UID ${one.uid} FLAGS (${one.flags.join(' ')})${modseq(one)})\r\n`),
  ].join('')
}

/** The account of a session past sign-in, and the view of one with a selected mailbox: the table of commands lets no other come here. */
export function accountOf(session: Session): ImapAccount {
  return session.account ?? neverHere()
}
export function viewOf(session: Session): View {
  const view = session.view ?? neverHere()
  if (!may(view.rights, 'r')) throw new Refusal('NOPERM', 'you may no longer read this mailbox')
  return view
}
function neverHere(): never {
  throw new Error('a command ran in the wrong phase')
}
