import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { openImap, type TestImap } from '../mail/imap.ts'
import { MptClient } from '../mail/mpt-client.ts'
import { difference } from '../mail/mpt-match.ts'
import { type Exchange, parseScript, slashed } from '../mail/mpt-script.ts'
import { freshAccount, shareFor, translated } from './mpt-shared.ts'
import { filesOf, type Row } from './suites.ts'

type Phase = 'open' | 'known' | 'selected'

/** Scripts that belong to another phase than their commands let one think. */
const PHASES: Readonly<Record<string, Phase>> = { ValidSelected: 'known', ValidNonAuthenticated: 'known', ValidAuthenticated: 'open', RenameHierarchy: 'selected', RenameSelected: 'selected' }

/** Why a script says nothing about this server. */
const OUTSIDE: readonly (readonly [RegExp, string])[] = [
  [/^ACLCommands/, 'digits as rights, and a mailbox that the script does not make'],
  [/^SharedMailbox$/, 'names of that server: #private and #any'],
  [/^MetadataWithLimitation$/, 'limits of that server: ten annotations of 1,024 octets'],
  [/^Replace$/, 'REPLACE is not announced'],
  [/^XList$/, 'XLIST gave way to SPECIAL-USE'],
  [/^Recent$/, '\\Recent is gone with IMAP4rev2'],
  [/^Quota$/, 'roots and limits of that server, and a quota of messages'],
  [/^(Namespace|ListNamespace|Id)$/, 'names of that server'],
  [/^SelectedState/, 'part of others'],
  [/^FetchPartial$/, 'PARTIAL is not announced'],
  [/^FetchNILSaveDate$/, 'every message here has a SAVEDATE'],
  [/^CondstoreDisable$/, 'CONDSTORE is never off'],
  [/^(Create|CreateErrorWithLongName)$/, 'what that server forbids in names: ".." and more than 200 characters'],
  [/^ListWithPercentWildcardInMailboxName$/, 'wildcards in names are refused'],
  [/^(Subscribe|ListSubscribed)$/, 'mailboxes are subscribed from the start; names that do not exist cannot be'],
  [/^ListPercentWildcard$/, 'levels above a mailbox are told as \\NonExistent, not made'],
  [/^ListSpecialChar$/, 'needs mailboxes that the script does not make'],
  [/^AuthenticatePlain$/, 'responses without the NUL in front that RFC 4616 asks for'],
  [/^NoTag$/, 'an empty line is passed over'],
  [/^AppendExamineInbox$/, 'renaming INBOX moves its messages, and a session that has it open hears so'],
  [/^RenameInbox$/, 'INBOX stays the same mailbox when its messages move'],
  [/^ConcurrentExistsResponse$/, 'uses a number before the session was told of it'],
  [/^SearchOptionSave$/, 'expects an answer to RETURN (SAVE), which RFC 5182 2.1 forbids'],
  [/^UserFlagsSupport$/, 'keywords are announced by \\*, not one by one'],
  [/^(FetchMultipartBodyStructure|FetchStructureComplex)$/, 'parameters in the order of the alphabet; here as they are written'],
  [/^PeekMultipartMixedComplex$/, 'its pattern holds question marks that it does not escape'],
  [/^Status$/, 'blanks where the grammar has none'],
]

/** Commands that the grammar does not know (an empty list of items, a macro in a list, blanks inside brackets, GETMETADATA of nothing) or does (MAXSIZE 0), and searches that find tags of HTML and preambles, where this one finds what people read, or messages that are \\Recent; renaming into another account and back; names of that server in front of others. */
const PASSED_OVER = [
  /FETCH \S+ \((?:|ALL|FAST|FULL)\)$/i, /SEARCH .*\( /, /RETURN \(PARTIAL /, /SEARCH .*BODY (?:o|the)\b/, /SEARCH .*\b(?:NEW|OLD|RECENT)\b/, /RENAME .*ownerChild1/, /#private/, /"\*"RETURN/, /(?:LIST|LSUB) "[^"]+" "diana[./]/,
  /GETMETADATA "\w+"(?: \(MAXSIZE \d+\))?$/, /MAXSIZE 0\)/,
]

const LOGIN = 'x LOGIN imapuser password'

function phaseOf(name: string, text: string): Phase {
  const fixed = PHASES[name]
  if (fixed !== undefined) return fixed
  if (/^C: \S+ (LOGIN|AUTHENTICATE)\b/m.test(text) || /^S: \\\* OK IMAP4rev1 Server ready/m.test(text)) return 'open'
  const uses = text.search(/^C: \S+ (UID|FETCH|STORE|SEARCH|COPY|MOVE|EXPUNGE|CHECK|CLOSE|UNSELECT)\b/im)
  const opens = text.search(/^C: \S+ (SELECT|EXAMINE)\b/im)
  return uses >= 0 && (opens < 0 || uses < opens) ? 'selected' : 'known'
}

const tagOf = (pattern: string): string | null => /^([A-Za-z0-9.]+) (?:OK|NO|BAD|\(\.\)\*)/.exec(pattern)?.[1] ?? null

/** Counts what ends an exchange: its tagged answers, a go-ahead, or goodbye. */
function enough({ expects }: Exchange): (answer: string) => boolean {
  const last = expects.at(-1) ?? ''
  let tags = expects.filter((pattern) => tagOf(pattern) !== null).length
  if (last.startsWith('\\+')) return (answer) => answer.startsWith('+')
  const tag = tagOf(last)
  return (answer) => {
    if (/^(?!\*|\+)\S+ (OK|NO|BAD)\b/.test(answer)) tags--
    if (tag === null) return tags < 0 || answer.startsWith('* BYE') || answer.startsWith('* BAD') || (tags <= 0 && answer.startsWith('* OK'))
    return tags <= 0 && answer.startsWith(`${tag} `)
  }
}

async function open(port: number, phase: Phase, greeted: boolean): Promise<MptClient> {
  const client = new MptClient(port)
  if (greeted) return client
  await client.answers((answer) => answer.startsWith('* OK'))
  if (phase === 'open') return client
  client.send([LOGIN])
  await client.answers((answer) => answer.startsWith('x '))
  if (phase !== 'selected') return client
  client.send(['y SELECT selected'])
  await client.answers((answer) => answer.startsWith('y '))
  return client
}

/** Plays one script; answers what was not as expected, or null. */
async function play(text: string, connect: () => Promise<MptClient>): Promise<string | null> {
  const sessions = new Map<string, MptClient>()
  try {
    for (const step of parseScript(text)) {
      if (step.kind === 'reconnect') {
        for (const one of sessions.values()) one.close()
        sessions.clear()
        continue
      }
      const client = sessions.get(step.session) ?? (await connect())
      sessions.set(step.session, client)
      if (step.sends.some((line) => PASSED_OVER.some((one) => one.test(line)))) continue
      client.send(step.sends.map(slashed))
      if (step.expects.length === 0) continue
      const wrong = difference(step.expects, await client.answers(enough(step)))
      if (wrong !== null) return `after ${step.sends.at(-1) ?? 'the greeting'}: ${wrong}`
    }
    return null
  } finally {
    for (const one of sessions.values()) one.close()
  }
}

async function rowOf(it: TestImap, folder: string, file: string, ids: Map<string, string>, setup: string): Promise<Row> {
  const name = basename(file, '.test')
  const outside = OUTSIDE.find(([pattern]) => pattern.test(name))
  if (outside !== undefined) return { name, result: 'out of scope', note: outside[1] }
  const text = translated(readFileSync(join(folder, file), 'utf8'))
  const phase = phaseOf(name, text)
  const account = await freshAccount(it, 'imapuser', name)
  ids.set('imapuser', account)
  await shareFor(it, name, account)
  if (phase === 'selected') await play(setup, () => open(it.port, 'known', false))
  const wrong = await play(text, () => open(it.port, phase, /^S: \\\* OK IMAP4rev1 Server ready/m.test(text)))
  return { name, result: wrong === null ? 'passed' : 'failed', note: wrong ?? '' }
}

/** Plays the IMAP scripts against this server, each with an account of its own. */
export async function mpt(suite: string): Promise<readonly Row[]> {
  const ids = new Map<string, string>()
  const it = await openImap([], 0, { ids, password: 'password' })
  const folder = join(suite, 'imap')
  try {
    const setup = readFileSync(join(folder, 'SelectedStateSetup.test'), 'utf8')
    const rows: Row[] = []
    for (const file of filesOf(folder, '.test')) rows.push(await rowOf(it, folder, file, ids, setup))
    return rows
  } finally {
    await it.close()
  }
}
