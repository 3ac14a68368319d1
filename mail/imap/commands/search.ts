import { type Cursor, expect, expectEnd, match, readAstring } from '../cursor.ts'
import { readReturn, resultText, type ReturnOption, savedOf } from '../return-options.ts'
import { readSearchKeys, type SearchKey } from '../search-keys.ts'
import { accountOf, type Command, done, type Session, viewOf } from '../session.ts'
import { Refusal } from '../store.ts'
import { numberOf, uidRanges, type View } from '../view.ts'

const CHARSETS = ['UTF-8', 'US-ASCII']

export function checkCharset(name: string): void {
  if (!CHARSETS.includes(name.toUpperCase())) throw new Refusal(`BADCHARSET (${CHARSETS.join(' ')})`, 'unknown charset')
}

/** A key without message numbers: a set becomes ranges of the UIDs it names now, and text becomes what its charset says. */
export function resolved(view: View, key: SearchKey): SearchKey {
  switch (key.kind) {
    case 'and':
    case 'or': return { kind: key.kind, keys: key.keys.map((one) => resolved(view, one)) }
    case 'not': return { kind: 'not', key: resolved(view, key.key) }
    case 'set': return { kind: 'set', by: 'uid', set: uidRanges(view, key.set, key.by === 'uid') }
    case 'text':
    case 'header': return { ...key, value: Buffer.from(key.value, 'latin1').toString('utf8') }
    default: return key
  }
}

const asksModseq = (key: SearchKey): boolean => {
  if (key.kind === 'and' || key.kind === 'or') return key.keys.some(asksModseq)
  return key.kind === 'not' ? asksModseq(key.key) : key.kind === 'modseq'
}

/** The MODSEQ that an answer tells: the highest of what was found (RFC 7162 3.1.5). */
async function highestOf(session: Session, key: SearchKey, uids: readonly number[]): Promise<number | null> {
  if (!asksModseq(key)) return null
  await session.useCondstore()
  const marks = await accountOf(session).marks(viewOf(session).mailboxId, uids)
  return marks.length === 0 ? null : marks.reduce((highest, { modseq }) => Math.max(highest, modseq), 0)
}

/** An ESEARCH answer (RFC 4731). */
async function sendResult(session: Session, tag: string, options: readonly ReturnOption[], uids: readonly number[], how: { readonly byUid: boolean; readonly modseq: number | null }): Promise<void> {
  const view = viewOf(session)
  if (options.includes('SAVE')) view.saved = savedOf(options, uids)
  if (options.every((one) => one === 'SAVE')) return
  const found = how.byUid ? uids : uids.flatMap((uid) => numberOf(view, uid) ?? [])
  await session.send(`* ESEARCH (TAG "${tag}")${how.byUid ? ' UID' : ''}${resultText(options, found)}${how.modseq === null ? '' : ` MODSEQ ${how.modseq}`}\r\n`)
}

async function run(session: Session, cursor: Cursor, tag: string, byUid: boolean): Promise<void> {
  expect(cursor, ' ')
  const options = readReturn(cursor) ?? (session.enabled.has('IMAP4rev2') ? ['ALL'] : null)
  const view = viewOf(session)
  if (match(cursor, /CHARSET /iy) !== null) {
    checkCharset(readAstring(cursor))
    expect(cursor, ' ')
  }
  const key = readSearchKeys(cursor)
  expectEnd(cursor)
  const wanted = resolved(view, key)
  // A search that fails leaves nothing saved (RFC 5182 2.1).
  if (options?.includes('SAVE') === true) view.saved = []
  const uids = await accountOf(session).search(view.mailboxId, view.uids, wanted)
  const modseq = await highestOf(session, key, uids)
  if (options !== null) return sendResult(session, tag, options, uids, { byUid, modseq })
  const found = byUid ? uids : uids.flatMap((uid) => numberOf(view, uid) ?? [])
  await session.send(`* SEARCH${found.map((one) => ` ${one}`).join('')}${modseq === null ? '' : ` (MODSEQ ${modseq})`}\r\n`)
}

const search = (name: 'SEARCH' | 'UID SEARCH'): Command => ({
  name, phases: ['selected'], keepNumbers: name === 'SEARCH', reads: true,
  async run(session, cursor, tag) {
    await run(session, cursor, tag, name === 'UID SEARCH')
    return done('done')
  },
})

export const searchCommands: readonly Command[] = [search('SEARCH'), search('UID SEARCH')]
