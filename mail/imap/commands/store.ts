import type { FlagChange } from '../../store/contract.ts'
import { type Cursor, expect, expectEnd, match, peek, readFlag, readList, take, wrong } from '../cursor.ts'
import { readSequenceSet } from '../sequence-set.ts'
import { accountOf, type Command, done, type Session, viewOf } from '../session.ts'
import { Refusal } from '../store.ts'
import { membersOf, numberOf } from '../view.ts'

const HOW = { '': 'replace', '+': 'add', '-': 'remove' } as const

type Asked = { readonly change: FlagChange; readonly silent: boolean }

function readChange(cursor: Cursor): Asked {
  const word = match(cursor, /[+-]?FLAGS(?:\.SILENT)?/iy) ?? wrong('missing FLAGS')
  const sign = word.startsWith('+') ? '+' : word.startsWith('-') ? '-' : ''
  expect(cursor, ' ')
  return { change: { how: HOW[sign], flags: readFlags(cursor) }, silent: /SILENT$/i.test(word) }
}

function readFlags(cursor: Cursor): readonly string[] {
  if (peek(cursor) === '(') return readList(cursor, readFlag, 0)
  const flags = [readFlag(cursor)]
  while (take(cursor, ' ')) flags.push(readFlag(cursor))
  return flags
}

async function run(session: Session, cursor: Cursor, byUid: boolean): Promise<void> {
  expect(cursor, ' ')
  const set = readSequenceSet(cursor)
  expect(cursor, ' ')
  const { change, silent } = readChange(cursor)
  expectEnd(cursor)
  const view = viewOf(session)
  if (view.readOnly) throw new Refusal(null, 'mailbox is open for reading only')
  const members = membersOf(view, set, byUid)
  const entries = await accountOf(session).storeFlags(view.mailboxId, members.map(({ uid }) => uid), change)
  if (silent) return
  const lines = entries.map((entry) => `* ${numberOf(view, entry.uid) ?? 0} FETCH (${byUid ? `UID ${entry.uid} ` : ''}FLAGS (${entry.flags.join(' ')}))\r\n`)
  await session.send(lines.join(''))
}

const store = (name: 'STORE' | 'UID STORE'): Command => ({
  name, phases: ['selected'], keepNumbers: name === 'STORE',
  async run(session, cursor) {
    await run(session, cursor, name === 'UID STORE')
    return done('done')
  },
})

export const storeCommands: readonly Command[] = [store('STORE'), store('UID STORE')]
