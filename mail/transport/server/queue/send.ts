import { buffer } from 'node:stream/consumers'
import { readHeader } from '../../../mime/header.ts'
import { ClientTrouble, type Route, SmtpClient } from '../../../smtp/client.ts'
import type { Reply } from '../../../smtp/replies.ts'
import { mayLeave } from '../../../smtp/stuffed.ts'
import { type Failed, failed } from '../../replies.ts'
import type { TransportParts } from '../parts.ts'
import type { Group } from './claim.ts'
import { type Outbound, routesOf } from './routes.ts'
import type { Sent } from './settle.ts'
import { signed } from './dkim.ts'

/** An open conversation that is kept for the next message of the same domain. */
export type Kept = { client: SmtpClient | null; host: string }

const told = ({ code, status, text }: Reply): Failed => failed(code, status ?? `${Math.floor(code / 100)}.0.0`, text.replaceAll('\n', ' ').slice(0, 500))

/** Sends a group to the first server that takes it; never fails: what went wrong is the reply of each recipient. */
export async function sendGroup(parts: TransportParts, outbound: Outbound, group: Group, kept: Kept): Promise<Sent> {
  const begun = performance.now()
  const ended = (host: string, replies: readonly Failed[], reports = false): Sent => ({ host, tls: kept.client?.tls ?? null, reports, replies, tookMs: performance.now() - begun })
  const all = (reply: Failed): readonly Failed[] => group.rows.map(() => reply)
  try {
    const stored = await buffer(parts.blobs.read(group.place))
    if (!mayLeave(stored)) return ended('', all(failed(554, '5.6.0', 'message holds bare line breaks or NUL and cannot leave')))
    const raw = await signed(parts, Buffer.concat([Buffer.from(group.received), stored]))
    const utf8 = group.utf8 || needsUtf8(group, raw)
    const client = kept.client?.alive === true ? kept.client : await connect(parts, outbound, group.domain, kept)
    if (!(client instanceof SmtpClient)) return ended(kept.host, all(client))
    const replies = await client.send({ ...group, recipients: group.rows, raw, utf8 })
    return ended(kept.host, replies.map(told), client.reports)
  } catch (error) {
    kept.client = null
    if (error instanceof ClientTrouble) return ended(kept.host, all(told(error.reply)))
    parts.runtime.log.error({ err: error, domain: group.domain }, 'a message could not be sent')
    return ended(kept.host, all(failed(451, '4.3.0', 'internal error')))
  }
}

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text)

/** Addresses or fields beyond ASCII (RFC 6531); a server that cannot take them gets nothing, as neither can be written otherwise. */
function needsUtf8({ sender, rows }: Group, raw: Buffer): boolean {
  return !isAscii(sender) || rows.some(({ address }) => !isAscii(address)) || raw.subarray(0, readHeader(raw, 0, raw.length).end).some((octet) => octet > 127)
}

/** Tries the servers of a domain in their order; one whose TLS is broken is tried again without, as nobody promised it. */
async function connect(parts: TransportParts, outbound: Outbound, domain: string, kept: Kept): Promise<SmtpClient | Failed> {
  const routes = await routesOf(outbound, domain, parts.host)
  if ('code' in routes) return routes
  let last = failed(451, '4.4.1', 'no server answers')
  for (const route of routes) {
    for (const tls of route.tls === 'try' ? (['try', 'never'] as const) : [route.tls]) {
      const opened = await open(parts, { ...route, tls })
      kept.host = route.host
      if (opened instanceof SmtpClient) {
        kept.client = opened
        return opened
      }
      last = opened
      if (last.status !== '4.7.5') break
    }
    if (last.code >= 500) return last
  }
  return last
}

async function open({ host }: TransportParts, route: Route): Promise<SmtpClient | Failed> {
  try {
    return await SmtpClient.open(route, { name: host })
  } catch (error) {
    if (error instanceof ClientTrouble) return told(error.reply)
    throw error
  }
}
