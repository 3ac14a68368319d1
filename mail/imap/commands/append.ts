import { atEnd, type Cursor, expect, match, peek, readDateTime, readFlag, readList, wrong } from '../cursor.ts'
import { settableFlags } from '../../store/rights.ts'
import { setText } from '../sequence-set.ts'
import { accountOf, type Command, done, type Session } from '../session.ts'
import type { Appended } from '../store.ts'
import { Catenation, type CatPart, readCatParts, readText } from './catenate.ts'
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

/** A message on its way: its octets, or the parts it is put together of. */
type Asked = Omit<Appended, 'raw'> & { readonly from: Buffer | readonly CatPart[] }

/** A message as a literal, as `UTF8 (~{…})`, or as `CATENATE (…)`. */
function readMessage(cursor: Cursor): Asked['from'] {
  if (match(cursor, /CATENATE (?=\()/iy) !== null) return readCatParts(cursor)
  return readText(cursor, match(cursor, /UTF8 \(/iy) !== null)
}

/** Messages one after the other, each with its flags and date (RFC 3502). */
function readMessages(cursor: Cursor): readonly Asked[] {
  const found: Asked[] = []
  while (!atEnd(cursor)) {
    expect(cursor, ' ')
    const flags = readFlags(cursor)
    const internalAt = readDate(cursor)
    found.push({ flags, internalAt, from: readMessage(cursor) })
  }
  return found.length > 0 ? found : wrong('missing message')
}

/** Octets of all messages; nothing is kept before they are all there. */
async function gathered(session: Session, asked: readonly Asked[]): Promise<readonly Appended[]> {
  const parts = new Catenation(session)
  const messages: Appended[] = []
  for (const { flags, internalAt, from } of asked) {
    const raw = Buffer.isBuffer(from) ? from : await parts.message(from)
    messages.push(raw.length > 0 ? { flags, internalAt, raw } : wrong('an empty message is not kept'))
  }
  return messages
}

export const append: Command = {
  name: 'APPEND', phases: ['known', 'selected'],
  async run(session, cursor) {
    expect(cursor, ' ')
    const name = readMailboxName(session, cursor)
    const asked = readMessages(cursor)
    const mailbox = await mailboxNamed(accountOf(session), name, 'i', 'TRYCREATE')
    const messages = await gathered(session, asked)
    const uids = await accountOf(session).append(mailbox.id, messages.map((one) => ({ ...one, flags: settableFlags(mailbox.rights, one.flags) })))
    session.put(mailbox.id, uids)
    return done('kept', `APPENDUID ${mailbox.uidValidity} ${setText(uids)}`)
  },
}
