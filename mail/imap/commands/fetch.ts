import type { Changes, Entry, Mark } from '../../store/contract.ts'
import { may } from '../../store/rights.ts'
import { Answers } from '../gathered.ts'
import { InFlight } from '../in-flight.ts'
import { type Cursor, expect, expectEnd, match, readNumber, take, wrong } from '../cursor.ts'
import { type FetchItem, readFetchItems } from '../fetch-items.ts'
import { isPlain, itemsOf as told, marksSeen, needsDetails, needsEntry, type Pieces, plainItems, tellsText } from '../fetch-text.ts'
import { includes, rangesOf, readSequenceSet, type SequenceSet, setText } from '../sequence-set.ts'
import { accountOf, type Command, done, type Done, type Session, viewOf } from '../session.ts'
import type { Details } from '../store.ts'
import { membersOf, type Numbered, type View } from '../view.ts'

/** Messages asked for in one question: enough to be fast, little enough to wait for slow clients. */
const BATCH = 2_000
/** `(CHANGEDSINCE n [VANISHED])` (RFC 7162 3.1.4, 3.2.6). */
type Since = { readonly modseq: number; readonly vanished: boolean }

function readSince(cursor: Cursor): Since | null {
  if (!take(cursor, ' ')) return null
  if (match(cursor, /\(CHANGEDSINCE /iy) === null) wrong('unknown modifier')
  const modseq = readNumber(cursor)
  const vanished = match(cursor, / VANISHED/iy) !== null
  expect(cursor, ')')
  return { modseq, vanished }
}

/** UIDs of a set that are gone and that the client has been told of, or never knew. */
function goneOf(view: View, set: SequenceSet, { vanished }: Changes): readonly number[] {
  const present = new Set(view.uids)
  const ranges = set === '$' ? [] : rangesOf(set, view.uids.at(-1) ?? 0)
  return vanished.filter((uid) => !present.has(uid) && includes(ranges, uid))
}

async function changedMembers(session: Session, set: SequenceSet, members: readonly Numbered[], since: Since): Promise<readonly Numbered[]> {
  const view = viewOf(session)
  const changes = await accountOf(session).changes(view.mailboxId, since.modseq)
  if (changes === null) return []
  const gone = since.vanished ? goneOf(view, set, changes) : []
  if (gone.length > 0) await session.send(`* VANISHED (EARLIER) ${setText(gone)}\r\n`)
  const changed = new Set(changes.changed.map(({ uid }) => uid))
  return members.filter(({ uid }) => changed.has(uid))
}

const has = (items: readonly FetchItem[], kind: FetchItem['kind']): boolean => items.some((item) => item.kind === kind)

async function run(session: Session, cursor: Cursor, byUid: boolean): Promise<Done> {
  expect(cursor, ' ')
  const set = readSequenceSet(cursor)
  expect(cursor, ' ')
  const asked = readFetchItems(cursor)
  const since = readSince(cursor)
  expectEnd(cursor)
  if (since?.vanished === true && (!byUid || !session.enabled.has('QRESYNC'))) wrong('VANISHED needs UID FETCH and QRESYNC')
  if (since !== null || has(asked, 'MODSEQ')) await session.useCondstore()
  const items: readonly FetchItem[] = [
    ...(byUid && !has(asked, 'UID') ? [{ kind: 'UID' } as const] : []),
    ...asked,
    ...(since !== null && !has(asked, 'MODSEQ') ? [{ kind: 'MODSEQ' } as const] : []),
  ]
  const all = membersOf(viewOf(session), set, byUid)
  const members = since === null ? all : await changedMembers(session, set, all, since)
  let missing = false
  for (let at = 0; at < members.length && !session.over; at += BATCH) missing = (await tellMessages(session, members.slice(at, at + BATCH), items)) || missing
  return missing ? done('some are gone', 'EXPUNGEISSUED') : done('done')
}

/** What was expunged elsewhere stays readable until this session is told. */
async function goneAmong(session: Session, uids: readonly number[], present: readonly Mark[]): Promise<readonly Mark[]> {
  const there = new Set(present.map(({ uid }) => uid))
  return accountOf(session).gone(viewOf(session).mailboxId, uids.filter((uid) => !there.has(uid)))
}

/** Entries asked for, marked as seen where that is what asking means; `fresh` are UIDs that were not seen before. */
async function entriesFor(session: Session, uids: readonly number[], items: readonly FetchItem[]): Promise<{ readonly entries: readonly Mark[]; readonly gone: boolean; readonly fresh: ReadonlySet<number> }> {
  const [view, account] = [viewOf(session), accountOf(session)]
  const present = needsEntry(items) ? await account.entries(view.mailboxId, uids) : await account.marks(view.mailboxId, uids)
  const gone = present.length < uids.length
  const entries = !gone ? present : [...present, ...(await goneAmong(session, uids, present))]
  const unseen = marksSeen(items) && !view.readOnly && may(view.rights, 's') ? present.filter(({ flags }) => !flags.includes('\\Seen')).map(({ uid }) => uid) : []
  if (unseen.length === 0) return { entries, gone, fresh: new Set() }
  const stored = await account.storeFlags(view.mailboxId, unseen, { how: 'add', flags: ['\\Seen'] }, null, view.rights)
  const after = new Map(stored.entries.map((entry) => [entry.uid, entry]))
  for (const { uid, modseq } of stored.entries) view.told.set(uid, modseq)
  return { entries: entries.map((entry) => after.get(entry.uid) ?? entry), gone, fresh: new Set(after.keys()) }
}

/** What a message that is marked as seen by being asked for tells besides. */
const alsoTold = (session: Session, items: readonly FetchItem[]): readonly FetchItem[] => [
  ...(has(items, 'FLAGS') ? [] : [{ kind: 'FLAGS' } as const]), ...(session.enabled.has('CONDSTORE') && !has(items, 'MODSEQ') ? [{ kind: 'MODSEQ' } as const] : []),
]

/** Tells what is asked of one message, waiting for the client in between. */
async function tellPieces(answers: Answers, number: number, pieces: AsyncIterable<Pieces>): Promise<void> {
  let begun = false
  for await (const piece of pieces) {
    answers.add(begun ? '' : `* ${number} FETCH (`, ...piece)
    begun = true
    if (answers.isEnough) await answers.send()
  }
  answers.add(')\r\n')
}

const inFlight = new InFlight()

/** Tells octets of a message when there is room for it; a large one has gone when this is over. */
async function tellOctets(session: Session, answers: Answers, entry: Mark | Entry, tells: () => Promise<void>): Promise<void> {
  const leave = await inFlight.enter(accountOf(session).id, 'size' in entry ? entry.size : 0)
  try {
    if (session.over) return
    await tells()
    if (answers.isEnough) await answers.send()
  } finally {
    leave()
  }
}

/** Tells one batch; answers whether some were expunged elsewhere, of which the client hears when it may. */
export async function tellMessages(session: Session, members: readonly Numbered[], items: readonly FetchItem[]): Promise<boolean> {
  const account = accountOf(session)
  const { entries, gone, fresh } = await entriesFor(session, members.map(({ uid }) => uid), items)
  if (entries.length > 0 && tellsText(items)) await account.downloaded(viewOf(session).mailboxId, entries.map(({ messageId }) => messageId), session.client)
  const byUid = new Map(entries.map((entry) => [entry.uid, entry]))
  const ids = needsDetails(items) ? entries.map(({ messageId }) => messageId) : []
  let [place, details]: [number, ReadonlyMap<number, Details>] = [0, new Map()]
  const answers = new Answers(session)
  for (const { number, uid } of members) {
    const entry = byUid.get(uid)
    if (entry === undefined || session.over) continue
    const asked = fresh.has(uid) ? [...alsoTold(session, items), ...items] : items
    if (ids.length > 0 && !details.has(entry.messageId)) details = await account.details(ids.slice(place))
    place++
    const known = details.get(entry.messageId)
    if (isPlain(asked)) answers.add(`* ${number} FETCH (${plainItems(asked, entry, known)})\r\n`)
    else await tellOctets(session, answers, entry, () => tellPieces(answers, number, told(account, asked, entry, known)))
    if (answers.isEnough) await answers.send()
  }
  await answers.send()
  return gone
}

const fetch = (name: 'FETCH' | 'UID FETCH'): Command => ({
  name, phases: ['selected'], keepNumbers: name === 'FETCH', reads: true,
  run: (session, cursor) => run(session, cursor, name === 'UID FETCH'),
})

export const fetchCommands: readonly Command[] = [fetch('FETCH'), fetch('UID FETCH')]
