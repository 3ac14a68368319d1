import type { Socket } from 'node:net'

/** Why a scanner gave no answer that counts: not reached, silent for too long, gone in the middle, or not to be understood. */
export type TroubleKind = 'unreachable' | 'slow' | 'half' | 'strange'

/** `detail`: a code of the system, or the beginning of what was heard; printable ASCII. */
export class ScanTrouble extends Error {
  readonly kind: TroubleKind
  readonly detail: string

  constructor(kind: TroubleKind, detail = '') {
    const shown = detail.replace(/[^\x20-\x7e]/g, '?').slice(0, 80)
    super(`scanner: ${kind} ${shown}`)
    this.name = 'ScanTrouble'
    this.kind = kind
    this.detail = shown
  }
}

/** An error of a connection, told as what it means. */
export function troubleOf(error: unknown): ScanTrouble {
  if (error instanceof ScanTrouble) return error
  const { name, code } = error as { readonly name?: string; readonly code?: string }
  if (name === 'TimeoutError' || name === 'AbortError') return new ScanTrouble('slow')
  return new ScanTrouble(code === 'ECONNRESET' || code === 'EPIPE' ? 'half' : code?.startsWith('HPE_') === true ? 'strange' : 'unreachable', code ?? '')
}

const CONNECT_MS = 5_000

/** A machine that does not answer at all is known sooner than one that thinks. */
export function mustConnect(socket: Socket, ms = CONNECT_MS): void {
  const timer = setTimeout(() => socket.destroy(Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' })), ms)
  for (const event of ['connect', 'close'] as const) socket.once(event, () => clearTimeout(timer))
}
