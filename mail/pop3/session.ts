import { decodeLine, SaslError } from '../sasl/sasl.ts'
import { Breath } from '../wire/breath.ts'
import type { Talk, Wire } from '../wire/connection.ts'
import { LineReader } from './lines.ts'
import { type Maildrop, type PopAccount, PopRefusal, type PopStore } from './store.ts'

/** An answer that is no success; the text stands behind `-ERR`, with its code in brackets (RFC 2449 8). */
export class PopError extends Error {}

export type Command = {
  /** Before sign-in, after it, or both. */
  readonly when: 'before' | 'after' | 'always'
  readonly run: (session: PopSession, words: readonly string[], line: string) => Promise<string>
}

const WRONG_PASSWORDS = 3
const MOST_WAITING = 50
/** A maildrop's place is kept for ten minutes (RFC 1939 3) and renewed in time. */
const RENEW_MS = 120_000

/** One client's conversation by POP3 (RFC 1939); commands run in the order in which they came. */
export class PopSession implements Talk {
  readonly store: PopStore
  readonly wire: Wire
  /** Whether passwords may come now. */
  readonly #plainLogin: boolean
  readonly #commands: ReadonlyMap<string, Command>
  readonly #reader: LineReader
  #queue: Promise<void> = Promise.resolve()
  #waiting = 0
  #epoch = 0
  #answer: ((line: string) => void) | null = null
  #renewed = 0
  readonly #breath = new Breath()
  failures = 0
  user: string | null = null
  drop: Maildrop | null = null
  readonly deleted = new Set<number>()
  over = false

  constructor(commands: ReadonlyMap<string, Command>, store: PopStore, wire: Wire, plainLogin: boolean) {
    this.#commands = commands
    this.store = store
    this.wire = wire
    this.#plainLogin = plainLogin
    this.#reader = new LineReader((line) => this.#take(line))
  }

  get known(): boolean {
    return this.drop !== null
  }

  get full(): boolean {
    return this.#waiting > MOST_WAITING
  }

  get mayLogin(): boolean {
    return this.wire.secure || this.#plainLogin
  }

  push(chunk: Buffer): void {
    if (!this.over) this.#reader.push(chunk)
  }

  async idle(): Promise<void> {
    await this.#queue
  }

  async send(octets: string | Buffer): Promise<void> {
    await this.wire.write(typeof octets === 'string' ? Buffer.from(octets, 'latin1') : octets)
  }

  async leave(why: string): Promise<void> {
    if (this.over) return
    await this.send(`-ERR [SYS/TEMP] ${why}\r\n`)
    this.quit()
  }

  quit(): void {
    this.close()
    this.wire.end()
  }

  /** The connection is gone: nothing is deleted that was not said goodbye to. */
  close(): void {
    if (this.over) return
    this.over = true
    this.#answer?.('*')
    void this.drop?.release().catch(() => undefined)
  }

  encrypt(): void {
    this.#epoch++
    this.#reader.reset()
    this.user = null
    this.wire.encrypt()
  }

  /** A line that answers a challenge. */
  async ask(challenge: string): Promise<Buffer> {
    const { promise, resolve } = Promise.withResolvers<string>()
    this.#answer = resolve
    await this.send(`+ ${Buffer.from(challenge, 'utf8').toString('base64')}\r\n`)
    return decodeLine(await promise)
  }

  /** Enters an account, or counts a wrong password. */
  async enter(account: PopAccount | null): Promise<string> {
    if (account === null) {
      if (++this.failures >= WRONG_PASSWORDS) {
        await this.send('-ERR [AUTH] too many wrong passwords\r\n')
        this.quit()
        return ''
      }
      throw new PopError('[AUTH] account or password is wrong')
    }
    const drop = await account.open()
    if (drop === null) throw new PopError('[IN-USE] another session reads this maildrop')
    if (this.over) {
      await drop.release()
      return ''
    }
    this.drop = drop
    this.#renewed = performance.now()
    return `${drop.messages.length} messages`
  }

  #take(line: string | null): void {
    const answer = this.#answer
    if (answer !== null) {
      this.#answer = null
      return answer(line ?? '*')
    }
    this.#waiting++
    this.#queue = this.#after(this.#queue, line, this.#epoch)
  }

  async #after(before: Promise<void>, line: string | null, epoch: number): Promise<void> {
    await before
    await this.#breath.take()
    this.#waiting--
    if (this.over || epoch !== this.#epoch) return
    try {
      await this.#keepPlace()
      const text = await this.#run(line)
      if (text !== '' && !this.over) await this.send(`+OK ${text}\r\n`)
    } catch (error) {
      await this.#refuse(error)
    }
  }

  async #refuse(error: unknown): Promise<void> {
    if (this.over) return
    if (error instanceof PopError || error instanceof SaslError) return this.send(`-ERR ${error.message}\r\n`)
    if (error instanceof PopRefusal) return this.leave(error.message)
    await this.leave('internal error')
    throw error
  }

  async #keepPlace(): Promise<void> {
    if (this.drop === null || performance.now() - this.#renewed < RENEW_MS) return
    this.#renewed = performance.now()
    if (!(await this.drop.renew())) throw new PopRefusal('another session took the maildrop over')
  }

  async #run(line: string | null): Promise<string> {
    if (line === null) throw new PopError('line too long, or NUL in it')
    const [word = '', ...words] = line.split(' ')
    const command = this.#commands.get(word.toUpperCase())
    if (command === undefined) throw new PopError('unknown command')
    if (command.when !== 'always' && (command.when === 'after') !== this.known) throw new PopError('not possible now')
    return command.run(this, words.filter((one) => one !== ''), line)
  }
}
