import { type Cursor, expect, expectEnd, peek, readAstring, readList, readListMailbox, readWord, take, wrong } from '../cursor.ts'
import { type Listed, listed, listedSubscribed, type Selection } from '../list-names.ts'
import { matchesPattern } from '../list-pattern.ts'
import { chosen, maySeeNotes, readEntries, valuesText } from '../metadata-entries.ts'
import { accountOf, type Command, done, type Session } from '../session.ts'
import { readStatusItems, type StatusItem, statusText } from '../status-items.ts'
import type { Box } from '../../store/contract.ts'
import { may, toldRights } from '../../store/rights.ts'
import { quoted } from '../answers.ts'
import { mailboxText, writtenName } from './names.ts'

/** `entries`: annotations told with each mailbox (RFC 9590). */
type Returned = { readonly subscribed: boolean; readonly rights: boolean; readonly status: readonly StatusItem[] | null; readonly entries: readonly string[] | null }
type Asked = { readonly selection: Selection; readonly reference: string; readonly patterns: readonly string[]; readonly returned: Returned }

const NOTHING: Selection = { subscribed: false, special: false, recursive: false }
const MOST_PATTERNS = 50
/** Octets of all patterns with their references, and wildcards among them. */
const LONGEST_PATTERNS = 4_000
const MOST_WILDCARDS = 100

function readSelection(cursor: Cursor): Selection {
  if (peek(cursor) !== '(') return NOTHING
  const words = readList(cursor, readWord, 0)
  const strange = words.find((word) => !['SUBSCRIBED', 'REMOTE', 'RECURSIVEMATCH', 'SPECIAL-USE'].includes(word))
  if (strange !== undefined) wrong(`unknown selection ${strange}`)
  const selection = { subscribed: words.includes('SUBSCRIBED'), special: words.includes('SPECIAL-USE'), recursive: words.includes('RECURSIVEMATCH') }
  if (selection.recursive && !selection.subscribed && !selection.special) wrong('RECURSIVEMATCH needs another selection')
  expect(cursor, ' ')
  return selection
}

function readReturned(cursor: Cursor): Returned {
  if (!take(cursor, ' ')) return { subscribed: false, rights: false, status: null, entries: null }
  if (readWord(cursor) !== 'RETURN') wrong('missing RETURN')
  expect(cursor, ' ')
  let status: readonly StatusItem[] | null = null
  let entries: readonly string[] | null = null
  const words = readList(cursor, (at) => {
    const word = readWord(at)
    if (word === 'STATUS') {
      expect(at, ' ')
      status = readStatusItems(at)
    } else if (word === 'METADATA') {
      expect(at, ' ')
      entries = readEntries(at)
    } else if (!['SUBSCRIBED', 'CHILDREN', 'SPECIAL-USE', 'MYRIGHTS'].includes(word)) wrong(`unknown result ${word}`)
    return word
  }, 0)
  return { subscribed: words.includes('SUBSCRIBED'), rights: words.includes('MYRIGHTS'), status, entries }
}

function readAsked(cursor: Cursor): Asked {
  expect(cursor, ' ')
  const selection = readSelection(cursor)
  const reference = readAstring(cursor)
  expect(cursor, ' ')
  const patterns = peek(cursor) === '(' ? readList(cursor, readListMailbox) : [readListMailbox(cursor)]
  if (patterns.length > MOST_PATTERNS) wrong('too many patterns')
  const whole = patterns.map((pattern) => reference + pattern).join('')
  if (whole.length > LONGEST_PATTERNS || whole.replace(/[^*%]/g, '').length > MOST_WILDCARDS) wrong('patterns too long')
  const returned = readReturned(cursor)
  expectEnd(cursor)
  return { selection, reference, patterns, returned }
}

/** A test of names by the patterns behind their reference; INBOX is found in any case. */
function matcher(session: Session, reference: string, patterns: readonly string[]): (name: string) => boolean {
  const wanted = patterns.map((pattern) => `${reference}${pattern}`.replace(/^inbox(?=$|\/)/i, 'INBOX'))
  return (name) => wanted.some((pattern) => matchesPattern(pattern, writtenName(session, name)))
}

function lineOf(session: Session, { name, mailbox, children, childInfo }: Listed, { selection, returned }: Asked): string {
  const special = mailbox?.special ?? null
  const attributes = [
    ...(mailbox === null ? ['\\NonExistent', '\\Noselect'] : []),
    children ? '\\HasChildren' : '\\HasNoChildren',
    ...(special === null ? [] : [`\\${special}`]),
    ...(mailbox?.subscribed === true && (returned.subscribed || selection.subscribed) ? ['\\Subscribed'] : []),
  ]
  return `* LIST (${attributes.join(' ')}) "/" ${mailboxText(session, name)}${childInfo ? ' ("CHILDINFO" ("SUBSCRIBED"))' : ''}\r\n`
}

/** Who may not read a mailbox learns no numbers of it (RFC 5819 2). */
const statusLine = (session: Session, box: Box, items: readonly StatusItem[]): string => (may(box.rights, 'r') ? `* STATUS ${mailboxText(session, box.name)} (${statusText(box, items)})\r\n` : '')

/** RFC 8440. */
const rightsLine = (session: Session, { name, rights }: Box): string => `* MYRIGHTS ${mailboxText(session, name)} ${quoted(toldRights(rights))}\r\n`

/** What is told of a mailbox behind its line. */
async function more(session: Session, lines: readonly Listed<Box>[], { status, rights, entries }: Returned): Promise<(box: Box) => string> {
  if (status?.includes('HIGHESTMODSEQ') === true) await session.useCondstore()
  const boxes = entries === null ? [] : lines.flatMap(({ mailbox }) => (mailbox !== null && maySeeNotes(mailbox.rights) ? mailbox : []))
  const found = Map.groupBy(boxes.length === 0 ? [] : await accountOf(session).annotations(boxes), ({ mailboxId }) => mailboxId)
  const notes = (box: Box, wanted: readonly string[]): string => (maySeeNotes(box.rights) ? `* METADATA ${mailboxText(session, box.name)} ${valuesText(chosen(found.get(box.id) ?? [], { entries: wanted, depth: 0, most: null }).told)}\r\n` : '')
  return (box) => (rights ? rightsLine(session, box) : '') + (status === null ? '' : statusLine(session, box, status)) + (entries === null ? '' : notes(box, entries))
}

const list: Command = {
  name: 'LIST', phases: ['known', 'selected'],
  async run(session, cursor) {
    const asked = readAsked(cursor)
    const { selection, reference, patterns, returned } = asked
    if (patterns.length === 1 && patterns[0] === '' && !selection.subscribed) {
      await session.send('* LIST (\\Noselect) "/" ""\r\n')
      return done('done')
    }
    const lines = listed(await accountOf(session).list(), matcher(session, reference, patterns), selection)
    const behind = await more(session, lines, returned)
    await session.send(lines.map((line) => lineOf(session, line, asked) + (line.mailbox === null ? '' : behind(line.mailbox))).join(''))
    return done('done')
  },
}

const lsub: Command = {
  name: 'LSUB', phases: ['known', 'selected'],
  async run(session, cursor) {
    const { reference, patterns } = readAsked(cursor)
    const lines = listedSubscribed(await accountOf(session).list(), matcher(session, reference, patterns))
    await session.send(lines.map(({ name, selectable }) => `* LSUB (${selectable ? '' : '\\Noselect'}) "/" ${mailboxText(session, name)}\r\n`).join(''))
    return done('done')
  },
}

export const listCommands: readonly Command[] = [list, lsub]
