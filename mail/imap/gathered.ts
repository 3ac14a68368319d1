import type { Pieces } from './fetch-text.ts'
import type { Session } from './session.ts'

/** Octets gathered before they are written. */
const CHUNK = 65_536

/** Answers on their way to a client, gathered so that many small ones are one write: text grows as a string, octets stay as they are. */
export class Answers {
  readonly #session: Session
  #text = ''
  #chunks: Buffer[] = []
  #length = 0

  constructor(session: Session) {
    this.#session = session
  }

  get isEnough(): boolean {
    return this.#length >= CHUNK
  }

  add(...pieces: Pieces): void {
    for (const piece of pieces) {
      this.#length += piece.length
      if (typeof piece === 'string') {
        this.#text += piece
        continue
      }
      this.#endText()
      this.#chunks.push(piece)
    }
  }

  async send(): Promise<void> {
    this.#endText()
    const chunks = this.#chunks
    ;[this.#chunks, this.#length] = [[], 0]
    let small: Buffer[] = []
    for (const chunk of chunks) {
      if (chunk.length < CHUNK) {
        small.push(chunk)
        continue
      }
      // What is large goes as it is, not copied together with others.
      await this.#write(small)
      small = []
      await this.#write([chunk])
    }
    await this.#write(small)
  }

  async #write(chunks: readonly Buffer[]): Promise<void> {
    const [only] = chunks
    if (only !== undefined && !this.#session.over) await this.#session.send(chunks.length === 1 ? only : Buffer.concat(chunks))
  }

  #endText(): void {
    if (this.#text !== '') this.#chunks.push(Buffer.from(this.#text, 'latin1'))
    this.#text = ''
  }
}
