import { type Cursor, expect, expectEnd, peek, readDateTime, readFlag, readList, readLiteral, wrong } from '../cursor.ts'
import { accountOf, type Command, done } from '../session.ts'
import { Refusal } from '../store.ts'
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

export const append: Command = {
  name: 'APPEND', phases: ['known', 'selected'],
  async run(session, cursor) {
    expect(cursor, ' ')
    const name = readMailboxName(cursor)
    expect(cursor, ' ')
    const flags = readFlags(cursor)
    const internalAt = readDate(cursor)
    const literal = readLiteral(cursor) ?? wrong('missing message')
    expectEnd(cursor)
    if (literal.kind !== 'octets') throw new Refusal('TOOBIG', 'message too large')
    if (literal.octets.length === 0) throw new Refusal(null, 'an empty message is not kept')
    const mailbox = await mailboxNamed(accountOf(session), name, 'TRYCREATE')
    const uid = await accountOf(session).append(mailbox.id, literal.octets, flags, internalAt)
    return done('kept', `APPENDUID ${mailbox.uidValidity} ${uid}`)
  },
}
