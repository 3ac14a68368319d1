import { connect } from 'node:net'
import { Readable } from 'node:stream'
import type { ClamdAddress } from '#platform/config/contract.ts'
import { mustConnect, ScanTrouble, troubleOf } from './trouble.ts'

/** `large`: more than clamd takes (its `StreamMaxLength`). */
export type ClamdAnswer = 'clean' | 'large' | { readonly virus: string }

/** `signatures`: when the signatures were made, by clamd's own clock (`2026-11-24 16:41:12`); null when it has none of its own kind. */
export type ClamdVersion = { readonly version: string; readonly signatures: string | null }

const CHUNK = 65_536
const LONGEST_ANSWER = 1_024

/** What was heard up to the NUL that ends it; `early`: before everything was sent. */
type Heard = { readonly said: string; readonly early: boolean }

async function converse(address: ClamdAddress, pieces: readonly Buffer[], signal: AbortSignal): Promise<Heard> {
  const { promise, resolve, reject } = Promise.withResolvers<Heard>()
  const socket = connect(address)
  mustConnect(socket)
  let [heard, broken, left] = ['', new ScanTrouble('half'), pieces.length]
  const late = (): void => reject(new ScanTrouble('slow'))
  signal.addEventListener('abort', late)
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString('latin1')
    const end = heard.indexOf('\0')
    if (end >= 0) resolve({ said: heard.slice(0, end), early: left > 0 })
    else if (heard.length > LONGEST_ANSWER) reject(new ScanTrouble('strange', heard))
  })
  socket.on('error', (error) => {
    broken = troubleOf(error)
  })
  socket.on('close', () => reject(broken))
  const sent = Readable.from(pieces.values().map((piece) => (left--, piece)))
  sent.pipe(socket, { end: false })
  try {
    signal.throwIfAborted()
    return await promise
  } catch (error) {
    throw troubleOf(error)
  } finally {
    signal.removeEventListener('abort', late)
    sent.destroy()
    socket.destroy()
  }
}

/** Octets as INSTREAM has them: pieces with their lengths in front, an empty one at the end. Nothing is copied. */
function stream(raw: Buffer): readonly Buffer[] {
  const pieces = Array.from({ length: Math.ceil(raw.length / CHUNK) }, (_, at) => raw.subarray(at * CHUNK, (at + 1) * CHUNK))
  return [Buffer.from('zINSTREAM\0'), ...pieces.flatMap((piece) => [lengthOf(piece.length), piece]), lengthOf(0)]
}

function lengthOf(octets: number): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(octets)
  return length
}

/** The connection broke while we were sending. */
const isCutOff = (error: unknown): boolean => error instanceof ScanTrouble && error.kind === 'half' && error.detail !== ''

/**
 * Asks clamd about a message (INSTREAM). It hangs up on what is too large for it, and its word may be lost with the connection: when it lives, that is what it meant.
 * @throws ScanTrouble for everything that is no answer
 */
export async function scanWithClamd(address: ClamdAddress, raw: Buffer, signal: AbortSignal): Promise<ClamdAnswer> {
  const heard = await converse(address, stream(raw), signal).catch((error: unknown) => (isCutOff(error) ? null : Promise.reject(error)))
  if (heard === null) {
    await versionOfClamd(address, signal)
    return 'large'
  }
  const { said, early } = heard
  if (said === 'stream: OK' && !early) return 'clean'
  if (said === 'INSTREAM size limit exceeded. ERROR') return 'large'
  const [, virus] = /^stream: ([\x21-\x7e]{1,200}) FOUND$/.exec(said) ?? []
  if (virus === undefined) throw new ScanTrouble('strange', said)
  return { virus }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (value: number | string | undefined): string => String(value).padStart(2, '0')

/** `ClamAV 1.4.6`, behind it the number and the date of the signatures when they are ClamAV's: `/27412/Tue Nov 24 16:41:12 2026`. */
export function readVersion(said: string): ClamdVersion {
  const [, version, dated] = /^ClamAV ([\w.+~-]{1,40})(?:\/\d{1,9}\/(.{24}))?$/.exec(said) ?? []
  if (version === undefined) throw new ScanTrouble('strange', said)
  const [, month = '', day, time, year] = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d\d:\d\d:\d\d) (\d{4})$/.exec(dated ?? '') ?? []
  return { version, signatures: MONTHS.includes(month) ? `${year}-${two(MONTHS.indexOf(month) + 1)}-${two(day?.trim())} ${time}` : null }
}

export const versionOfClamd = async (address: ClamdAddress, signal: AbortSignal): Promise<ClamdVersion> => readVersion((await converse(address, [Buffer.from('zVERSION\0')], signal)).said)
