import { once } from 'node:events'
import { type IncomingMessage, type OutgoingHttpHeaders, request, type RequestOptions } from 'node:http'
import { z } from 'zod'
import { mustConnect, ScanTrouble, troubleOf } from './trouble.ts'

/** What rspamd hears of a message besides its octets; `client` is null when nobody knows who handed it in. */
export type Circumstances = { readonly id: string; readonly client: { readonly address: string; readonly helo: string } | null; readonly sender: string; readonly recipients: readonly string[] }

/** What rspamd wishes done with a message, under four names. */
export type SpamAction = 'pass' | 'junk' | 'later' | 'reject'
/** `symbols`: names of the rules that counted most. */
export type RspamdAnswer = { readonly action: SpamAction; readonly score: number; readonly symbols: readonly string[] }

const ACTIONS: ReadonlyMap<string, SpamAction> = new Map([
  ['no action', 'pass'], ['add header', 'junk'], ['rewrite subject', 'junk'], ['quarantine', 'junk'], ['greylist', 'later'], ['soft reject', 'later'], ['reject', 'reject'], ['discard', 'reject'],
])

const LONGEST_ANSWER = 262_144
const MOST_RECIPIENTS = 50
const MOST_SYMBOLS = 10

const answered = z.object({ action: z.string(), score: z.number(), symbols: z.record(z.string().max(100), z.object({ score: z.number() })).default({}) })

/** A value of a header as rspamd reads it: octets of UTF-8, no control characters. */
const valueOf = (text: string): string => Buffer.from(text.replace(/\p{Cc}/gu, '').slice(0, 1_000)).toString('latin1')

const headersOf = ({ id, client, sender, recipients }: Circumstances): OutgoingHttpHeaders => ({
  'Queue-Id': id, From: valueOf(sender), Rcpt: recipients.slice(0, MOST_RECIPIENTS).map(valueOf), ...(client !== null && { IP: client.address, ...(client.helo !== '' && { Helo: valueOf(client.helo) }) }),
})

async function ask(options: RequestOptions, url: URL, body: Buffer | null): Promise<{ readonly text: string; readonly server: string }> {
  try {
    const asked = request(url, { ...options, agent: false })
    // What goes wrong after the answer has begun is told by the answer.
    asked.on('error', () => undefined)
    asked.on('socket', (socket) => mustConnect(socket))
    const [answer] = (await Promise.race([once(asked.end(body), 'response'), once(asked, 'close').then(() => Promise.reject(new ScanTrouble('half')))])) as [IncomingMessage]
    const pieces: Buffer[] = []
    let size = 0
    for await (const piece of answer as AsyncIterable<Buffer>) {
      size += piece.length
      if (size > LONGEST_ANSWER) throw new ScanTrouble('strange', `more than ${LONGEST_ANSWER} octets`)
      pieces.push(piece)
    }
    if (!answer.complete) throw new ScanTrouble('half')
    if (answer.statusCode !== 200) throw new ScanTrouble('strange', `HTTP ${answer.statusCode ?? ''}`)
    return { text: Buffer.concat(pieces).toString(), server: String(answer.headers.server ?? '') }
  } catch (error) {
    throw troubleOf(error)
  }
}

/** An answer of `/checkv2`. */
export function readAnswer(text: string): RspamdAnswer {
  const { data } = answered.safeParse(parsed(text))
  const action = ACTIONS.get(data?.action ?? '')
  if (data === undefined || action === undefined) throw new ScanTrouble('strange', text)
  const counted = Object.entries(data.symbols).filter(([, { score }]) => score !== 0).toSorted(([, a], [, b]) => Math.abs(b.score) - Math.abs(a.score))
  return { action, score: Math.round(data.score * 100) / 100, symbols: counted.slice(0, MOST_SYMBOLS).map(([name]) => name.replace(/[^\x21-\x7e]/g, '?')) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/**
 * Asks rspamd about a message.
 * @throws ScanTrouble for everything that is no answer
 */
export async function scanWithRspamd(address: string, raw: Buffer, circumstances: Circumstances, signal: AbortSignal): Promise<RspamdAnswer> {
  const headers = { ...headersOf(circumstances), 'Content-Length': raw.length, 'Content-Type': 'application/octet-stream' }
  return readAnswer((await ask({ method: 'POST', headers, signal }, new URL('/checkv2', address), raw)).text)
}

/** Its version, from a greeting that costs it nothing; empty when it does not tell. */
export async function versionOfRspamd(address: string, signal: AbortSignal): Promise<string> {
  const { text, server } = await ask({ method: 'GET', signal }, new URL('/ping', address), null)
  if (text.trim() !== 'pong') throw new ScanTrouble('strange', text)
  return /^rspamd\/([\w.-]{1,20})$/.exec(server)?.[1] ?? ''
}
