import type { Entry, FlagChange } from '../../store/contract.ts'
import { may, settableFlags } from '../../store/rights.ts'
import { type Cursor, expect, expectEnd, match, peek, readFlag, readList, readNumber, take, wrong } from '../cursor.ts'
import { readSequenceSet, setText } from '../sequence-set.ts'
import { accountOf, type Command, done, type Done, type Session, viewOf } from '../session.ts'
import { Refusal } from '../store.ts'
import { membersOf, numberOf, type View } from '../view.ts'

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

/** `(UNCHANGEDSINCE n)` (RFC 7162 3.1.3); null without. */
function readUnchangedSince(cursor: Cursor): number | null {
  if (match(cursor, /\(UNCHANGEDSINCE /iy) === null) return null
  const modseq = readNumber(cursor)
  expect(cursor, ') ')
  return modseq
}

/** What is told of one entry: its flags unless silent, its MODSEQ to those who asked for such. */
function itemsOf(entry: Entry, byUid: boolean, silent: boolean, condstore: boolean): string {
  const items = [...(byUid ? [`UID ${entry.uid}`] : []), ...(silent ? [] : [`FLAGS (${entry.flags.join(' ')})`]), ...(condstore ? [`MODSEQ (${entry.modseq})`] : [])]
  return items.join(' ')
}

async function tell(session: Session, view: View, entries: readonly Entry[], byUid: boolean, silent: boolean): Promise<void> {
  const condstore = session.enabled.has('CONDSTORE')
  for (const { uid, modseq } of entries) view.told.set(uid, modseq)
  if (silent && !condstore) return
  await session.send(entries.map((entry) => `* ${numberOf(view, entry.uid) ?? 0} FETCH (${itemsOf(entry, byUid, silent, condstore)})\r\n`).join(''))
}

async function run(session: Session, cursor: Cursor, byUid: boolean): Promise<Done> {
  expect(cursor, ' ')
  const set = readSequenceSet(cursor)
  expect(cursor, ' ')
  const since = readUnchangedSince(cursor)
  const { change, silent } = readChange(cursor)
  expectEnd(cursor)
  const view = viewOf(session)
  if (view.readOnly) throw new Refusal(null, 'mailbox is open for reading only')
  // Some flags that may not be changed are passed over, all of them are refused (RFC 4314 4).
  if (settableFlags(view.rights, change.flags).length === 0 && (change.flags.length > 0 || !['s', 't', 'w'].some((right) => may(view.rights, right)))) throw new Refusal('NOPERM', 'not permitted')
  if (since !== null) await session.useCondstore()
  const uids = membersOf(view, set, byUid).map(({ uid }) => uid)
  const { entries, modified } = await accountOf(session).storeFlags(view.mailboxId, uids, change, since, view.rights)
  await tell(session, view, entries, byUid, silent)
  if (modified.length === 0) return done('done')
  return done('some had changed', `MODIFIED ${setText(byUid ? modified : modified.flatMap((uid) => numberOf(view, uid) ?? []))}`)
}

const store = (name: 'STORE' | 'UID STORE'): Command => ({
  name, phases: ['selected'], keepNumbers: name === 'STORE',
  run: (session, cursor) => run(session, cursor, name === 'UID STORE'),
})

export const storeCommands: readonly Command[] = [store('STORE'), store('UID STORE')]
