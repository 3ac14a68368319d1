import { type Cursor, expect, expectEnd, match, readAstring } from '../cursor.ts'
import { readSearchKeys, type SearchKey } from '../search-keys.ts'
import { accountOf, type Command, done, type Session, viewOf } from '../session.ts'
import { Refusal } from '../store.ts'
import { membersOf, numberOf, type View } from '../view.ts'

const CHARSETS = ['UTF-8', 'US-ASCII']

/** A key without message sets: a set becomes the UIDs it names now, and text becomes what its charset says. */
function resolved(view: View, key: SearchKey): SearchKey {
  switch (key.kind) {
    case 'and':
    case 'or': return { kind: key.kind, keys: key.keys.map((one) => resolved(view, one)) }
    case 'not': return { kind: 'not', key: resolved(view, key.key) }
    case 'set': return { kind: 'set', by: 'uid', set: membersOf(view, key.set, key.by === 'uid').map(({ uid }) => [uid, uid]) }
    case 'text':
    case 'header': return { ...key, value: Buffer.from(key.value, 'latin1').toString('utf8') }
    default: return key
  }
}

async function run(session: Session, cursor: Cursor, byUid: boolean): Promise<void> {
  expect(cursor, ' ')
  if (match(cursor, /CHARSET /iy) !== null) {
    if (!CHARSETS.includes(readAstring(cursor).toUpperCase())) throw new Refusal(`BADCHARSET (${CHARSETS.join(' ')})`, 'unknown charset')
    expect(cursor, ' ')
  }
  const key = readSearchKeys(cursor)
  expectEnd(cursor)
  const view = viewOf(session)
  const uids = await accountOf(session).search(view.mailboxId, view.uids, resolved(view, key))
  const found = byUid ? uids : uids.flatMap((uid) => numberOf(view, uid) ?? [])
  await session.send(`* SEARCH${found.map((one) => ` ${one}`).join('')}\r\n`)
}

const search = (name: 'SEARCH' | 'UID SEARCH'): Command => ({
  name, phases: ['selected'], keepNumbers: name === 'SEARCH',
  async run(session, cursor) {
    await run(session, cursor, name === 'UID SEARCH')
    return done('done')
  },
})

export const searchCommands: readonly Command[] = [search('SEARCH'), search('UID SEARCH')]
