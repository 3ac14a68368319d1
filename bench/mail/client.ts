import { connect, type Socket } from 'node:net'

/** A client that sends a command and waits for its tagged answer, without looking at what comes before: for measuring. */
export class BenchClient {
  readonly socket: Socket
  #tag = 0
  #chunks: Buffer[] = []
  #isDone: (tail: string) => boolean = () => false
  #settle: ((all: Buffer) => void) | null = null
  onData: ((chunk: Buffer) => void) | null = null

  private constructor(socket: Socket) {
    this.socket = socket
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => this.#hear(chunk))
    socket.on('error', () => socket.destroy())
  }

  static async open(port: number): Promise<BenchClient> {
    const client = new BenchClient(connect(port, '127.0.0.1'))
    await client.until((tail) => tail.endsWith('\r\n'))
    return client
  }

  /** Everything up to the moment when the end of what was heard fits. */
  until(isDone: (tail: string) => boolean): Promise<Buffer> {
    this.#isDone = isDone
    return new Promise((resolve) => (this.#settle = resolve))
  }

  /** An IMAP command; fails when it is refused. */
  async command(text: string): Promise<Buffer> {
    const tag = `t${++this.#tag}`
    const answer = this.until((tail) => new RegExp(`(?:^|\\r\\n)${tag} [^\\r\\n]*\\r\\n$`).test(tail))
    this.socket.write(Buffer.from(`${tag} ${text}\r\n`, 'latin1'))
    const all = await answer
    if (!new RegExp(`(?:^|\\r\\n)${tag} OK`).test(all.toString('latin1', Math.max(0, all.length - 2_000)))) throw new Error(`${text.slice(0, 60)}: ${all.toString('latin1').slice(-200)}`)
    return all
  }

  /** A POP3 command, with many lines or one; fails when it is refused. */
  async pop(text: string, many: boolean): Promise<Buffer> {
    const answer = this.until((tail) => tail.endsWith(many && !tail.startsWith('-ERR') ? '\r\n.\r\n' : '\r\n'))
    this.socket.write(`${text}\r\n`)
    const all = await answer
    if (all.toString('latin1', 0, 4) === '-ERR') throw new Error(`${text.slice(0, 60)}: ${all.toString('latin1').slice(0, 200)}`)
    return all
  }

  close(): void {
    this.socket.destroy()
  }

  #hear(chunk: Buffer): void {
    this.onData?.(chunk)
    if (this.#settle === null) return
    this.#chunks.push(chunk)
    const last = this.#chunks.slice(-3)
    if (!this.#isDone(Buffer.concat(last).toString('latin1').slice(-2_000))) return
    const settle = this.#settle
    this.#settle = null
    const all = Buffer.concat(this.#chunks)
    this.#chunks = []
    settle(all)
  }
}
