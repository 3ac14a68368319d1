import { connect, type Socket } from 'node:net'

const PATIENCE_MS = 3_000

/** A session of a script: sends lines, gathers whole answers, literals included. */
export class MptClient {
  readonly #socket: Socket
  #heard: Buffer = Buffer.alloc(0)
  #wake = (): void => undefined

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1')
    this.#socket.on('data', (chunk: Buffer) => {
      this.#heard = Buffer.concat([this.#heard, chunk])
      this.#wake()
    })
    this.#socket.on('error', () => undefined)
    this.#socket.on('close', () => this.#wake())
  }

  send(lines: readonly string[]): void {
    this.#socket.write(Buffer.from(lines.map((line) => `${line}\r\n`).join(''), 'utf8'))
  }

  close(): void {
    this.#socket.destroy()
  }

  /** Answers up to the one that `isLast` accepts; fewer when the connection ends or nothing more comes. */
  async answers(isLast: (answer: string) => boolean): Promise<readonly string[]> {
    const found: string[] = []
    const until = performance.now() + PATIENCE_MS
    for (;;) {
      for (let one = this.#take(); one !== null; one = this.#take()) {
        found.push(one)
        if (isLast(one)) return found
      }
      if (this.#socket.destroyed || performance.now() > until) return found
      await this.#more(until - performance.now())
    }
  }

  #take(): string | null {
    let end = 0
    for (;;) {
      const at = this.#heard.indexOf('\r\n', end)
      if (at < 0) return null
      const size = /\{(\d+)\}$/.exec(this.#heard.toString('latin1', end, at))?.[1]
      end = at + 2 + Number(size ?? 0)
      if (this.#heard.length < end) return null
      if (size !== undefined) continue
      const answer = this.#heard.toString('utf8', 0, at)
      this.#heard = this.#heard.subarray(at + 2)
      return answer
    }
  }

  async #more(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#wake = resolve
    const timer = setTimeout(resolve, ms)
    await promise
    clearTimeout(timer)
  }
}
