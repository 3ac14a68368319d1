import type { Changes, Mailbox } from '../../store/contract.ts'
import { may, type Rights, settableFlags } from '../../store/rights.ts'
import { type Cursor, expect, expectEnd, peek, readList, readNumber, readPositive, readWord, take, wrong } from '../cursor.ts'
import { includes, rangesOf, readSequenceSet, type SequenceSet, setText } from '../sequence-set.ts'
import { accountOf, type Command, done, type Session } from '../session.ts'
import { Refusal } from '../store.ts'
import { numberOf, type View } from '../view.ts'
import { mailboxNamed, mailboxText, readMailboxName } from './names.ts'

const FLAGS = ['\\Answered', '\\Deleted', '\\Draft', '\\Flagged', '\\Seen']
/** Without any of these a mailbox is for reading only. */
const CHANGING = ['s', 'w', 'i', 't', 'e']

/** What a client knows from an earlier session (RFC 7162 3.2.5); `known` null: every UID. */
type Earlier = { readonly uidValidity: number; readonly modseq: number; readonly known: Exclude<SequenceSet, '$'> | null }
type Parameters = { readonly condstore: boolean; readonly earlier: Earlier | null }

const readKnown = (cursor: Cursor): Exclude<SequenceSet, '$'> => {
  const set = readSequenceSet(cursor)
  return set === '$' || set.flat().includes('*') ? wrong('known messages must be numbers') : set
}

function readEarlier(cursor: Cursor): Earlier {
  expect(cursor, ' (')
  const uidValidity = readPositive(cursor)
  expect(cursor, ' ')
  const modseq = readNumber(cursor)
  const known = take(cursor, ' ') ? (peek(cursor) === '(' ? (readMatch(cursor), null) : readKnown(cursor)) : null
  if (take(cursor, ' ')) readMatch(cursor)
  expect(cursor, ')')
  return { uidValidity, modseq, known }
}

/** Numbers with their UIDs help servers that forget what was expunged; this one remembers. */
function readMatch(cursor: Cursor): void {
  expect(cursor, '(')
  readKnown(cursor)
  expect(cursor, ' ')
  readKnown(cursor)
  expect(cursor, ')')
}

function readParameters(session: Session, cursor: Cursor): Parameters {
  if (!take(cursor, ' ')) return { condstore: false, earlier: null }
  const read = readList(cursor, (at): Earlier | null => {
    const word = readWord(at)
    if (word === 'CONDSTORE') return null
    if (word !== 'QRESYNC' || !session.enabled.has('QRESYNC')) return wrong(word === 'QRESYNC' ? 'enable QRESYNC first' : `unknown parameter ${word}`)
    return readEarlier(at)
  })
  return { condstore: true, earlier: read.find((one) => one !== null) ?? null }
}

/** What may be changed: flags by their rights, new keywords with the right to those. */
const permanent = (rights: Rights): string => [...settableFlags(rights, FLAGS), ...(may(rights, 'w') ? ['\\*'] : [])].join(' ')

const greeting = (session: Session, mailbox: Mailbox, exists: number, firstUnseen: number | null, rights: Rights): string =>
  [
    `* FLAGS (${FLAGS.join(' ')})`, `* OK [PERMANENTFLAGS (${permanent(rights)})] flags`, `* ${exists} EXISTS`, ...(session.enabled.has('IMAP4rev2') ? [`* LIST () "/" ${mailboxText(session, mailbox.name)}`] : ['* 0 RECENT']),
    ...(firstUnseen === null || session.enabled.has('IMAP4rev2') ? [] : [`* OK [UNSEEN ${firstUnseen}] first`]),
    `* OK [UIDVALIDITY ${mailbox.uidValidity}] since`, `* OK [UIDNEXT ${mailbox.uidNext}] next`, `* OK [HIGHESTMODSEQ ${mailbox.modseq}] highest`, `* OK [MAILBOXID (F${mailbox.id})] id`, '',
  ].join('\r\n')

/** What happened since an earlier session, for those that the client knew. */
function resyncText(view: View, { known }: Earlier, { changed, vanished }: Changes): string {
  const present = new Set(view.uids)
  const ranges = known === null ? null : rangesOf(known, 0)
  const gone = vanished.filter((uid) => !present.has(uid) && (ranges === null || includes(ranges, uid)))
  const lines = changed.flatMap((entry) => {
    const number = entry.modseq <= view.modseq ? numberOf(view, entry.uid) : null
    return number === null ? [] : [`* ${number} FETCH (UID ${entry.uid} FLAGS (${entry.flags.join(' ')}) MODSEQ (${entry.modseq}))\r\n`]
  })
  return `${gone.length === 0 ? '' : `* VANISHED (EARLIER) ${setText(gone)}\r\n`}${lines.join('')}`
}

const opening = (name: 'SELECT' | 'EXAMINE'): Command => ({
  name, phases: ['known', 'selected'],
  async run(session, cursor) {
    expect(cursor, ' ')
    const wanted = readMailboxName(session, cursor)
    const { condstore, earlier } = readParameters(session, cursor)
    expectEnd(cursor)
    // A failed SELECT leaves nothing selected (RFC 9051 6.3.2).
    if (session.view !== null) await session.send('* OK [CLOSED] the mailbox before\r\n')
    session.deselect()
    if (condstore) session.enabled.add('CONDSTORE')
    const account = accountOf(session)
    const found = await mailboxNamed(account, wanted, 'r')
    const opened = await account.open(found.id)
    if (opened === null) throw new Refusal('NONEXISTENT', 'no such mailbox')
    const { uids, firstUnseen } = opened
    const mailbox = { ...opened.mailbox, name: found.name }
    const readOnly = name === 'EXAMINE'
    await session.send(greeting(session, mailbox, uids.length, firstUnseen === null ? null : uids.indexOf(firstUnseen) + 1, readOnly ? '' : found.rights))
    const view: View = { mailboxId: mailbox.id, isOwn: found.root === null, rights: found.rights, readOnly, uidValidity: mailbox.uidValidity, uids: [...uids], modseq: mailbox.modseq, gone: [], told: new Map(), own: new Set(), saved: [] }
    session.select(view)
    const changes = earlier?.uidValidity === mailbox.uidValidity ? await account.changes(mailbox.id, earlier.modseq) : null
    if (earlier !== null && changes !== null) await session.send(resyncText(view, earlier, changes))
    return done('selected', readOnly || !CHANGING.some((right) => may(found.rights, right)) ? 'READ-ONLY' : 'READ-WRITE')
  },
})

const close: Command = {
  name: 'CLOSE', phases: ['selected'],
  async run(session, cursor) {
    expectEnd(cursor)
    const { view } = session
    if (view !== null && !view.readOnly && may(view.rights, 'e')) await accountOf(session).expunge(view.mailboxId, 'all')
    session.deselect()
    return done('closed')
  },
}

const unselect: Command = {
  name: 'UNSELECT', phases: ['selected'],
  async run(session, cursor) {
    expectEnd(cursor)
    session.deselect()
    return done('closed')
  },
}

/** RFC 9051 6.4.1 dropped it; old clients still send it, and it is another NOOP here. */
const check: Command = {
  name: 'CHECK', phases: ['selected'],
  async run(_session, cursor) {
    expectEnd(cursor)
    return done('done')
  },
}

export const selectCommands: readonly Command[] = [opening('SELECT'), opening('EXAMINE'), close, unselect, check]
