import { atEnd, type Cursor, expect, match, peek, readDateTime, readFlag, readList, readLiteral, wrong } from '../cursor.ts'
import { settableFlags } from '../../store/rights.ts'
import type { Literal } from '../reader.ts'
import { setText } from '../sequence-set.ts'
import { accountOf, type Command, done } from '../session.ts'
import { type Appended, Refusal } from '../store.ts'
import { mailboxNamed, readMailboxName } from './names.ts'

const readFlags = (cursor: Cursor): readonly string[] => {
  if (peek(cursor) !== '(') return []
  const flags = readList(cursor, readFlag, 0)
  expect(cursor, ' ')
  return flags
}

const readDate = (cursor: Cursor): number | null => {
  if (peek(cursor) !== '"') return null
  const at = readDateTime(cursor)
  expect(cursor, ' ')
  return at
}

/** The octets of a message, wherever they were kept. */
function octetsOf(literal: Literal): Buffer {
  const octets = literal.kind === 'octets' ? literal.octets : literal.key
  if (!Buffer.isBuffer(octets)) throw new Refusal('TOOBIG', 'message too large')
  return octets.length > 0 ? octets : wrong('an empty message is not kept')
}

/** A message as a literal, or as `UTF8 (~{…})` (RFC 6855 4). */
function readMessage(cursor: Cursor): Buffer {
  const wrapped = match(cursor, /UTF8 \(/iy) !== null
  const octets = octetsOf(readLiteral(cursor) ?? wrong('missing message'))
  if (wrapped) expect(cursor, ')')
  return octets
}

/** Messages one after the other, each with its flags and date (RFC 3502). */
function readMessages(cursor: Cursor): readonly Appended[] {
  const found: Appended[] = []
  while (!atEnd(cursor)) {
    expect(cursor, ' ')
    const flags = readFlags(cursor)
    const internalAt = readDate(cursor)
    found.push({ flags, internalAt, raw: readMessage(cursor) })
  }
  return found.length > 0 ? found : wrong('missing message')
}

export const append: Command = {
  name: 'APPEND', phases: ['known', 'selected'],
  async run(session, cursor) {
    expect(cursor, ' ')
    const name = readMailboxName(session, cursor)
    const messages = readMessages(cursor)
    const mailbox = await mailboxNamed(accountOf(session), name, 'i', 'TRYCREATE')
    const uids = await accountOf(session).append(mailbox.id, messages.map((one) => ({ ...one, flags: settableFlags(mailbox.rights, one.flags) })))
    return done('kept', `APPENDUID ${mailbox.uidValidity} ${setText(uids)}`)
  },
}
