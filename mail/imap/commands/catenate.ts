import type { Box } from '../../store/contract.ts'
import { may } from '../../store/rights.ts'
import { sectionOf } from '../../mime/section.ts'
import { cut } from '../answers.ts'
import { type Cursor, expect, match, readAstring, readList, readLiteral, wrong } from '../cursor.ts'
import { decodeMailboxName } from '../mailbox-name.ts'
import { type MessageUrl, readMessageUrl, urlText } from '../message-url.ts'
import type { Literal } from '../reader.ts'
import { accountOf, type Session } from '../session.ts'
import { APPEND_LIMIT } from '../status-items.ts'
import { Refusal } from '../store.ts'

/** A piece of a message to be put together (RFC 4469): octets that came along, or a URL of what is there. */
export type CatPart = { readonly kind: 'text'; readonly octets: Buffer } | { readonly kind: 'url'; readonly url: string }

const MOST_PARTS = 500
/** Octets of all messages that the parts of one are taken from. */
const MOST_READ = 2 * APPEND_LIMIT

/** The octets of a literal, wherever they were kept. */
function octetsOf(literal: Literal): Buffer {
  const octets = literal.kind === 'octets' ? literal.octets : literal.key
  if (!Buffer.isBuffer(octets)) throw new Refusal('LIMIT', 'too much at once')
  return octets
}

/** A literal; `wrapped`: within `UTF8 (…)` (RFC 6855 4), whose beginning has been read. */
export function readText(cursor: Cursor, wrapped: boolean): Buffer {
  const octets = octetsOf(readLiteral(cursor) ?? wrong('missing message'))
  if (wrapped) expect(cursor, ')')
  return octets
}

function readPart(cursor: Cursor): CatPart {
  if (match(cursor, /URL /iy) !== null) return { kind: 'url', url: readAstring(cursor) }
  const word = match(cursor, /TEXT (?=~?\{)|UTF8 \(/iy) ?? wrong('missing TEXT or URL')
  return { kind: 'text', octets: readText(cursor, word.endsWith('(')) }
}

/** The parts behind `CATENATE `. */
export function readCatParts(cursor: Cursor): readonly CatPart[] {
  const parts = readList(cursor, readPart)
  return parts.length <= MOST_PARTS ? parts : wrong('too many parts')
}

/** The mailbox of a URL: names are UTF-8 there, and older clients write them as everywhere else. */
async function mailboxOf(session: Session, { mailbox: octets, relative }: MessageUrl): Promise<Box | null> {
  const account = accountOf(session)
  const selected = session.view === null || !(octets === null || relative) ? null : ((await account.list()).find(({ id }) => id === session.view?.mailboxId) ?? null)
  if (octets === null) return selected
  const above = selected?.name.replace(/[^/]*$/, '') ?? ''
  const utf8 = Buffer.from(octets, 'latin1').toString('utf8')
  for (const name of [utf8, decodeMailboxName(octets)]) {
    const found = name === null || name.includes('\u{fffd}') || name.includes('\0') ? null : await account.find(`${above}${name}`)
    if (found !== null) return found
  }
  return null
}

/** Puts messages together of their parts, octet by octet; each message that parts are taken from is read once. */
export class Catenation {
  readonly #session: Session
  readonly #raw = new Map<number, Buffer>()
  #read = 0

  constructor(session: Session) {
    this.#session = session
  }

  /** Fails with BADURL for the first URL that names nothing, with TOOBIG beyond what a message may have. */
  async message(parts: readonly CatPart[]): Promise<Buffer> {
    const pieces: Buffer[] = []
    let total = 0
    for (const part of parts) {
      const octets = part.kind === 'text' ? part.octets : await this.#octetsAt(part.url)
      total += octets.length
      if (total > APPEND_LIMIT) throw new Refusal('TOOBIG', 'message too large')
      pieces.push(octets)
    }
    this.#session.hold(total)
    return Buffer.concat(pieces, total)
  }

  async #octetsAt(url: string): Promise<Buffer> {
    const account = accountOf(this.#session)
    const bad = (why: string): never => {
      throw new Refusal(`BADURL ${urlText(url)}`, why)
    }
    const target = readMessageUrl(url) ?? bad('not a URL of a message here')
    const mailbox = (await mailboxOf(this.#session, target)) ?? bad('no such mailbox')
    if (!may(mailbox.rights, 'r')) bad('no such mailbox')
    if (target.uidValidity !== null && target.uidValidity !== mailbox.uidValidity) bad('UIDVALIDITY is another')
    const [entry] = await account.entries(mailbox.id, [target.uid])
    if (entry === undefined) return bad('no such message')
    // What goes into another message can be read there, which nobody notes any more.
    await account.downloaded(mailbox.id, [entry.messageId], this.#session.client)
    const raw = await this.#rawOf(entry.messageId, entry.size)
    const whole = target.section.path.length === 0 && target.section.text === null
    const found = whole ? raw : sectionOf(raw, await account.index(entry.messageId), target.section)
    return cut(found ?? bad('no such part'), target.partial)
  }

  async #rawOf(messageId: number, size: number): Promise<Buffer> {
    const known = this.#raw.get(messageId)
    if (known !== undefined) return known
    this.#read += size
    if (this.#read > MOST_READ) throw new Refusal('LIMIT', 'parts of too much at once')
    this.#session.hold(size)
    const raw = await accountOf(this.#session).raw(messageId)
    this.#raw.set(messageId, raw)
    return raw
  }
}
