import { type Cursor, expect, expectEnd, readAstring, readList, readWord, wrong } from '../cursor.ts'
import { readSearchKeys } from '../search-keys.ts'
import { accountOf, type Command, done, type Session, viewOf } from '../session.ts'
import type { SortKey, SortOrder } from '../store.ts'
import { orderedSubject, references, threadsText } from '../thread.ts'
import { numberOf } from '../view.ts'
import { checkCharset, resolved } from './search.ts'

const KEYS: readonly SortOrder[] = ['ARRIVAL', 'CC', 'DATE', 'FROM', 'SIZE', 'SUBJECT', 'TO']
const MOST_KEYS = 20

function readKey(cursor: Cursor): SortKey {
  const word = readWord(cursor)
  const reverse = word === 'REVERSE'
  if (reverse) expect(cursor, ' ')
  const name = reverse ? readWord(cursor) : word
  return { order: KEYS.find((one) => one === name) ?? wrong(`unknown sort key ${name}`), reverse }
}

/** UIDs that fulfil the search behind a charset (RFC 5256 3). */
async function found(session: Session, cursor: Cursor): Promise<readonly number[]> {
  expect(cursor, ' ')
  checkCharset(readAstring(cursor))
  expect(cursor, ' ')
  const key = readSearchKeys(cursor)
  expectEnd(cursor)
  const view = viewOf(session)
  return accountOf(session).search(view.mailboxId, view.uids, resolved(view, key))
}

const sort = (name: 'SORT' | 'UID SORT'): Command => ({
  name, phases: ['selected'], keepNumbers: name === 'SORT', reads: true,
  async run(session, cursor) {
    expect(cursor, ' ')
    const keys = readList(cursor, readKey)
    if (keys.length > MOST_KEYS) wrong('too many sort keys')
    const view = viewOf(session)
    const sorted = await accountOf(session).sort(view.mailboxId, await found(session, cursor), keys)
    const told = name === 'UID SORT' ? sorted : sorted.flatMap((uid) => numberOf(view, uid) ?? [])
    await session.send(`* SORT${told.map((one) => ` ${one}`).join('')}\r\n`)
    return done('done')
  },
})

const WAYS = { ORDEREDSUBJECT: orderedSubject, REFERENCES: references } as const
const isWay = (word: string): word is keyof typeof WAYS => word in WAYS

const thread = (name: 'THREAD' | 'UID THREAD'): Command => ({
  name, phases: ['selected'], keepNumbers: name === 'THREAD', reads: true,
  async run(session, cursor) {
    expect(cursor, ' ')
    const way = readWord(cursor)
    if (!isWay(way)) return wrong(`unknown algorithm ${way}`)
    const view = viewOf(session)
    const members = await accountOf(session).threadMembers(view.mailboxId, await found(session, cursor))
    const text = threadsText(WAYS[way](members), name === 'UID THREAD' ? (uid) => uid : (uid) => numberOf(view, uid) ?? 0)
    await session.send(`* THREAD${text === '' ? '' : ` ${text}`}\r\n`)
    return done('done')
  },
})

export const sortCommands: readonly Command[] = [sort('SORT'), sort('UID SORT'), thread('THREAD'), thread('UID THREAD')]
