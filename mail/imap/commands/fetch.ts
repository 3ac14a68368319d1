import type { Entry } from '../../store/contract.ts'
import { type Section, sectionOf } from '../../mime/section.ts'
import { cut, dateTimeText, latin, literal } from '../answers.ts'
import { type Cursor, expect, expectEnd, wrong } from '../cursor.ts'
import { type FetchItem, readFetchItems } from '../fetch-items.ts'
import { readSequenceSet } from '../sequence-set.ts'
import { accountOf, type Command, done, type Session, viewOf } from '../session.ts'
import type { Details } from '../store.ts'
import { membersOf, type Numbered } from '../view.ts'

/** Messages told in one write: enough to be fast, little enough to wait for slow clients. */
const BATCH = 200
/** Items of extensions that are read but not announced. */
const UNANNOUNCED = ['MODSEQ', 'EMAILID', 'THREADID', 'SAVEDATE', 'PREVIEW', 'BINARY', 'BINARY.SIZE']
const WHOLE: Section = { path: [], text: null }

const needsDetails = (items: readonly FetchItem[]): boolean => items.some(({ kind }) => kind === 'ENVELOPE' || kind === 'BODY' || kind === 'BODYSTRUCTURE')
const marksSeen = (items: readonly FetchItem[]): boolean => items.some((item) => item.kind === 'RFC822' || item.kind === 'RFC822.TEXT' || (item.kind === 'SECTION' && !item.peek))

/** The section that an item asks for; null for items answered from the entry. */
function sectionAsked(item: FetchItem): Section | null {
  if (item.kind === 'SECTION') return item.section
  if (item.kind === 'RFC822') return WHOLE
  if (item.kind === 'RFC822.HEADER') return { path: [], text: 'HEADER' }
  return item.kind === 'RFC822.TEXT' ? { path: [], text: 'TEXT' } : null
}

async function run(session: Session, cursor: Cursor, byUid: boolean): Promise<void> {
  expect(cursor, ' ')
  const set = readSequenceSet(cursor)
  expect(cursor, ' ')
  const asked = readFetchItems(cursor)
  expectEnd(cursor)
  const strange = asked.find(({ kind }) => UNANNOUNCED.includes(kind))
  if (strange !== undefined) wrong(`unknown item ${strange.kind}`)
  const items: readonly FetchItem[] = byUid && !asked.some(({ kind }) => kind === 'UID') ? [{ kind: 'UID' }, ...asked] : asked
  const members = membersOf(viewOf(session), set, byUid)
  for (let at = 0; at < members.length && !session.over; at += BATCH) await tell(session, members.slice(at, at + BATCH), items)
}

async function tell(session: Session, members: readonly Numbered[], items: readonly FetchItem[]): Promise<void> {
  const [view, account] = [viewOf(session), accountOf(session)]
  const uids = members.map(({ uid }) => uid)
  const seen = marksSeen(items) && !view.readOnly
  const before = new Set(seen ? (await account.entries(view.mailboxId, uids)).filter(({ flags }) => !flags.includes('\\Seen')).map(({ uid }) => uid) : [])
  const entries = before.size > 0 ? await account.storeFlags(view.mailboxId, uids, { how: 'add', flags: ['\\Seen'] }) : await account.entries(view.mailboxId, uids)
  const byUid = new Map(entries.map((entry) => [entry.uid, entry]))
  const details = needsDetails(items) ? await account.details(entries.map(({ messageId }) => messageId)) : new Map<number, Details>()
  for (const { number, uid } of members) {
    const entry = byUid.get(uid)
    // Expunged elsewhere and not told yet: the client hears of it with the next command that may tell.
    if (entry === undefined) continue
    const told = before.has(uid) && !items.some(({ kind }) => kind === 'FLAGS') ? [...items, { kind: 'FLAGS' } as const] : items
    await session.send([latin(`* ${number} FETCH (`), ...(await itemsText(session, told, entry, details.get(entry.messageId))), latin(')\r\n')])
  }
}

async function itemsText(session: Session, items: readonly FetchItem[], entry: Entry, details: Details | undefined): Promise<readonly Buffer[]> {
  const needsRaw = items.some((item) => sectionAsked(item) !== null)
  const account = accountOf(session)
  const [raw, index] = needsRaw ? await Promise.all([account.raw(entry.messageId), account.index(entry.messageId)]) : [null, null]
  const chunks: Buffer[] = []
  for (const [place, item] of items.entries()) {
    if (place > 0) chunks.push(latin(' '))
    const section = sectionAsked(item)
    if (section === null || raw === null || index === null) {
      chunks.push(latin(plainText(item, entry, details)))
      continue
    }
    const partial = item.kind === 'SECTION' ? item.partial : null
    const found = sectionOf(raw, index, section)
    chunks.push(latin(`${labelOf(item)} `), ...(found === null ? [latin('NIL')] : literal(cut(found, partial))))
  }
  return chunks
}

const labelOf = (item: FetchItem): string => (item.kind === 'SECTION' ? `BODY[${item.label}]${item.partial === null ? '' : `<${item.partial.origin}>`}` : item.kind)

function plainText({ kind }: FetchItem, entry: Entry, details: Details | undefined): string {
  switch (kind) {
    case 'UID': return `UID ${entry.uid}`
    case 'FLAGS': return `FLAGS (${entry.flags.join(' ')})`
    case 'INTERNALDATE': return `INTERNALDATE ${dateTimeText(entry.internalAt)}`
    case 'RFC822.SIZE': return `RFC822.SIZE ${entry.size}`
    case 'ENVELOPE': return `ENVELOPE ${details?.envelope ?? 'NIL'}`
    case 'BODY': return `BODY ${details?.body ?? 'NIL'}`
    default: return `BODYSTRUCTURE ${details?.structure ?? 'NIL'}`
  }
}

const fetch = (name: 'FETCH' | 'UID FETCH'): Command => ({
  name, phases: ['selected'], keepNumbers: name === 'FETCH',
  async run(session, cursor) {
    await run(session, cursor, name === 'UID FETCH')
    return done('done')
  },
})

export const fetchCommands: readonly Command[] = [fetch('FETCH'), fetch('UID FETCH')]
