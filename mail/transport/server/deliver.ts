import { createHash, randomUUID } from 'node:crypto'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Handed, Taken } from '../contract.ts'
import { writeOctets } from '../../store/server/octets.ts'
import { mailDate } from '../header-lines.ts'
import type { Failed } from '../replies.ts'
import type { TransportParts } from './parts.ts'
import { keepRefusal, type Prepared, takeMessage } from './take.ts'

/** What a message may weigh. */
export const MOST_OCTETS = 52_428_800

/** The trace line of a message (RFC 5321 4.4). It is kept beside the message, whose octets stay as they came, and goes in front when it leaves. */
function receivedLine({ host }: TransportParts, id: string, { origin }: Handed, now: Date): string {
  const from = origin === null ? '' : `from ${origin.helo || 'unknown'} ([${origin.address}])\r\n\t`
  return `Received: ${from}by ${host} with ${origin?.protocol ?? 'local'} id ${id};\r\n\t${mailDate(now)}\r\n`
}

/** Envelope and octets in one number. `octets`: as they came, before anything was added. */
function fingerprintOf({ sender, recipients, raw }: Handed, octets: Buffer = raw): string {
  const hash = createHash('sha256').update(`${sender}\n${recipients.map(({ address }) => address).toSorted().join('\n')}\n\n`)
  return hash.update(octets).digest('hex')
}

/** `id` and `detail`: of the scan before; `octets`: as they came. */
type Given = { readonly id?: string; readonly octets?: Buffer; readonly junk?: boolean; readonly detail?: Prepared['detail'] }

/** Puts the octets of a message in their place, so that the transaction may name them. */
export async function prepare(parts: TransportParts, handed: Handed, { id = randomUUID(), octets, junk = false, detail = {} }: Given = {}): Promise<Prepared> {
  const written = await writeOctets(parts.blobs, handed.raw, MOST_OCTETS)
  await parts.at('blob-written')
  await written.keep()
  await parts.at('blob-kept')
  return { ...aboutOf(parts, id, handed, octets), kept: written, junk, detail }
}

const aboutOf = (parts: TransportParts, id: string, handed: Handed, octets?: Buffer): Pick<Prepared, 'id' | 'handed' | 'fingerprint' | 'received'> =>
  ({ id, handed, fingerprint: fingerprintOf(handed, octets), received: receivedLine(parts, id, handed, parts.runtime.clock()) })

/** Shows a message to the scanners; what they refuse for good is written down. */
export async function examine(parts: TransportParts, handed: Handed): Promise<{ readonly refused: Failed } | Required<Pick<Given, 'id' | 'junk' | 'detail'>>> {
  const id = randomUUID()
  const { refused, junk, detail } = await parts.scan(handed, id)
  if (refused === null) return { id, junk, detail }
  if (refused.code >= 500) await parts.runtime.command(null, (ctx) => keepRefusal(ctx, aboutOf(parts, id, handed), refused, detail))
  return { refused }
}

/** Takes a message over from wherever it comes: octets first, then one transaction for all that is said about it. */
export async function deliver(parts: TransportParts, handed: Handed, given: Given = {}): Promise<Taken> {
  const prepared = await prepare(parts, handed, given)
  const taken = await parts.runtime.command(null, async (ctx: ServerContext) => {
    const result = await takeMessage(parts, ctx, prepared)
    await parts.at('rows-written')
    return result
  })
  await parts.at('committed')
  return taken
}
