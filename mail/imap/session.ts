import { advance, type View } from './view.ts'
import { latin } from './answers.ts'
import { type Cursor, cursorOf, GrammarError, readTag, readWord, expect } from './cursor.ts'
import { CommandReader, type RawCommand, type ReaderLimits, readerLimits } from './reader.ts'
import { type ImapAccount, type ImapStore, Refusal } from './store.ts'
import type { Wire } from '../wire/connection.ts'

/** How a command ended; `code` goes in brackets. An empty text: it has answered itself. */
export type Done = { readonly text: string; readonly code?: string }
export const done = (text: string, code?: string): Done => (code === undefined ? { text } : { text, code })

export type Phase = 'open' | 'known' | 'selected' | 'over'

export type Command = {
  readonly name: string
  readonly phases: readonly Phase[]
  /** Message numbers in it: expunged messages are told only after a later command. */
  readonly keepNumbers?: boolean
  readonly run: (session: Session, cursor: Cursor, tag: string) => Promise<Done>
}

const WRONG_PASSWORDS = 3
/** Commands that wait for the one before; then the connection is not read on. */
const MOST_WAITING = 50

/** One client's conversation. Commands run one after the other in the order in which they came. */
export class Session {
  readonly store: ImapStore
  readonly #commands: ReadonlyMap<string, Command>
  readonly wire: Wire
  readonly #plainLogin: boolean
  readonly #reader: CommandReader
  #queue: Promise<void> = Promise.resolve()
  #waiting = 0
  #unwatch: (() => void) | null = null
  /** Commands that came before an encryption are not heard after it. */
  #epoch = 0
  account: ImapAccount | null = null
  view: View | null = null
  over = false
  failures = 0
  /** Takes the next line instead of a command: SASL, DONE. */
  answer: ((line: string) => void) | null = null

  constructor(commands: ReadonlyMap<string, Command>, store: ImapStore, wire: Wire, plainLogin: boolean, limits: ReaderLimits = readerLimits) {
    this.#commands = commands
    this.store = store
    this.wire = wire
    this.#plainLogin = plainLogin
    this.#reader = new CommandReader(
      {
        command: (raw) => this.#take(raw),
        goAhead: () => void this.send('+ OK\r\n'),
        refused: (reason, tag, fatal) => this.#enqueue(() => this.#refuse(reason, tag, fatal)),
        sink: () => null,
      },
      limits,
    )
  }

  get known(): boolean {
    return this.account !== null
  }

  /** False while passwords would be told to everybody on the way. */
  get mayLogin(): boolean {
    return this.wire.secure || this.#plainLogin
  }

  get phase(): Phase {
    if (this.over) return 'over'
    return this.account === null ? 'open' : this.view === null ? 'known' : 'selected'
  }

  /** True while so many commands wait that no more should be read. */
  get full(): boolean {
    return this.#waiting > MOST_WAITING
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
    this.deselect()
    this.answer?.('')
    this.#reader.abort()
  }

  async send(text: string | readonly Buffer[]): Promise<void> {
    await this.wire.write(typeof text === 'string' ? latin(text) : Buffer.concat(text))
  }

  signIn(account: ImapAccount): void {
    this.account = account
    this.failures = 0
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

  /** From now on TLS; whatever was sent along in the clear is forgotten, as nobody knows who wrote it. */
  encrypt(): void {
    this.#epoch++
    this.#reader.abort()
    this.wire.encrypt()
  }

  select(view: View, changed: () => void): void {
    this.deselect()
    this.view = view
    this.#unwatch = this.account?.watch(view.mailboxId, changed) ?? null
  }

  deselect(): void {
    this.#unwatch?.()
    this.#unwatch = null
    this.view = null
  }

  /** Tells the client what happened in its mailbox since it was told last. */
  async tellChanges(keepNumbers: boolean): Promise<void> {
    const { view, account } = this
    if (view === null || account === null) return
    const changes = await account.changes(view.mailboxId, view.modseq)
    if (changes.modseq === view.modseq) return
    const { expunged, exists, flags } = advance(view, changes, keepNumbers)
    const lines = [
      ...expunged.map((number) => `* ${number} EXPUNGE\r\n`),
      ...(exists === null ? [] : [`* ${exists} EXISTS\r\n`]),
      ...flags.map((one) => `* ${one.number} FETCH (UID ${one.uid} FLAGS (${one.flags.join(' ')}))\r\n`),
    ]
    if (lines.length > 0) await this.send(lines.join(''))
  }

  #take(raw: RawCommand): void {
    const { answer } = this
    if (answer !== null) {
      this.answer = null
      answer(raw.texts[0] ?? '')
      return
    }
    this.#enqueue(() => this.#run(raw))
  }

  #enqueue(work: () => Promise<void>): void {
    this.#waiting++
    this.#queue = this.#after(this.#queue, work, this.#epoch)
  }

  async #after(before: Promise<void>, work: () => Promise<void>, epoch: number): Promise<void> {
    await before
    this.#waiting--
    if (!this.over && epoch === this.#epoch) await work().catch((error: unknown) => this.#fail(error))
  }

  async #fail(error: unknown): Promise<void> {
    await this.leave('internal error')
    throw error
  }

  async #refuse(reason: string, tag: string, fatal: boolean): Promise<void> {
    await this.send(reason === 'message' ? `${tag} NO [TOOBIG] message too large\r\n` : `${tag} BAD ${reason === 'nul' ? 'NUL in a command' : `too much: ${reason}`}\r\n`)
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
      const { text, code } = await command.run(this, cursor, tag)
      if (this.over || text === '') return
      await this.tellChanges(keepNumbers)
      await this.#answer(tag, 'OK', code === undefined ? text : `[${code}] ${text}`)
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

/** The account of a session past sign-in, and the view of one with a selected mailbox: the table of commands lets no other come here. */
export function accountOf(session: Session): ImapAccount {
  return session.account ?? neverHere()
}
export function viewOf(session: Session): View {
  return session.view ?? neverHere()
}
function neverHere(): never {
  throw new Error('a command ran in the wrong phase')
}
