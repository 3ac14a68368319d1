const LF = 10
/** Octets of a line: commands have 255 (RFC 2449 4), responses of SASL more. */
const MOST = 12_288

/** Cuts what a client sends into lines; an overlong one is told once, without its content, and read away; one that holds NUL is told so too. */
export class LineReader {
  readonly #line: (line: string | null) => void
  #pending: Buffer[] = []
  #length = 0
  #overlong = false

  constructor(line: (line: string | null) => void) {
    this.#line = line
  }

  push(chunk: Buffer): void {
    let rest = chunk
    while (rest.length > 0) {
      const at = rest.indexOf(LF)
      const piece = at < 0 ? rest : rest.subarray(0, at + 1)
      this.#length += piece.length
      if (this.#length > MOST) this.#overlong = true
      if (this.#overlong) this.#pending = []
      else this.#pending.push(piece)
      if (at >= 0) this.#end()
      rest = rest.subarray(piece.length)
    }
  }

  /** Forgets what is half read. */
  reset(): void {
    this.#pending = []
    this.#length = 0
    this.#overlong = false
  }

  #end(): void {
    const line = this.#overlong ? null : Buffer.concat(this.#pending).toString('latin1').replace(/\r?\n$/, '')
    this.reset()
    this.#line(line?.includes('\0') === true ? null : line)
  }
}
