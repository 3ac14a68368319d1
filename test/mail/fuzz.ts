import { generator } from '#mail/mime/test/random.ts'
import { type Cursor, cursorOf, expectEnd, GrammarError } from '#mail/imap/cursor.ts'
import { readFetchItems } from '#mail/imap/fetch-items.ts'
import { decodeMailboxName, encodeMailboxName } from '#mail/imap/mailbox-name.ts'
import { readMessageUrl, urlText } from '#mail/imap/message-url.ts'
import { readChanges, readEntries, readOptions } from '#mail/imap/metadata-entries.ts'
import { readGroups } from '#mail/imap/notify-spec.ts'
import { Refusal } from '#mail/imap/store.ts'
import { CommandReader, type RawCommand, readerLimits } from '#mail/imap/reader.ts'
import { readSearchKeys } from '#mail/imap/search-keys.ts'
import { readSequenceSet } from '#mail/imap/sequence-set.ts'
import { parseAddresses } from '#mail/mime/address.ts'
import { parseContentType } from '#mail/mime/content-type.ts'
import { parseDate } from '#mail/mime/date.ts'
import { decodeText } from '#mail/mime/decode.ts'
import { envelopeText, structureText } from '#mail/mime/imap-text.ts'
import { indexMessage } from '#mail/mime/part.ts'
import { searchTextOf } from '#mail/mime/text.ts'
import { dotted } from '#mail/pop3/octets.ts'
import { readCertificate } from '#mail/smime/certificate.ts'
import { readCms } from '#mail/smime/cms.ts'
import { insideOf } from '#mail/smime/inside.ts'
import { dersIn } from '#mail/smime/pem.ts'
import { readRevocations } from '#mail/smime/revocation.ts'
import { person, revocations, signedData } from '#mail/smime/test/people.fixture.ts'

type Generator = ReturnType<typeof generator>

/** What one parser is given and what must hold of its answer; fails with an error that tells what did not. */
export type Target = { readonly name: string; readonly run: (random: Generator, octets: Buffer) => void }

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what)
}

/** Calls a reader of the grammar: it reads to the end, or says what is wrong or not known, and nothing else. */
function grammatical(read: () => void): void {
  try {
    read()
  } catch (error) {
    if (!(error instanceof GrammarError) && !(error instanceof Refusal)) throw error
  }
}

const text = (octets: Buffer): string => octets.toString('latin1')

/** Commands cut from one stream, whatever its pieces. */
function commandsOf(pieces: readonly Buffer[]): readonly string[] {
  const heard: string[] = []
  const show = ({ texts, literals }: RawCommand): string => JSON.stringify([texts, literals.map((one) => (one.kind === 'octets' ? text(one.octets) : one.size))])
  const reader = new CommandReader({ command: (one) => void heard.push(show(one)), goAhead: () => void heard.push('+'), refused: (reason, tag, fatal) => void heard.push(`${reason} ${tag} ${fatal}`), sink: () => null }, { ...readerLimits, line: 200, memory: 300, message: 500 })
  for (const piece of pieces) reader.push(piece)
  return heard
}

function pieces(random: Generator, octets: Buffer): readonly Buffer[] {
  const found: Buffer[] = []
  for (let at = 0; at < octets.length; ) {
    const end = at + 1 + random.next(20)
    found.push(octets.subarray(at, end))
    at = end
  }
  return found
}

/** Whether brackets and quotes of an answer close, literals apart: a client reads on at the right place. */
function isBalanced(answer: string): boolean {
  let depth = 0
  for (let at = 0; at < answer.length; at++) {
    const char = answer[at]
    if (char === '"') {
      for (at++; at < answer.length && answer[at] !== '"'; at++) if (answer[at] === '\\') at++
      if (at >= answer.length) return false
    } else if (char === '{') {
      const size = /^\{(\d+)\}\r\n/.exec(answer.slice(at, at + 20))
      if (size === null) return false
      at += size[0].length + Number(size[1]) - 1
    } else if (char === '(') depth++
    else if (char === ')' && --depth < 0) return false
  }
  return depth === 0
}

const signer = await person({ name: 'signer', addresses: ['a@b.example'], purposes: ['1.3.6.1.5.5.7.3.4'], authority: true })
/** Structures as they should be. */
const SOUND: readonly Buffer[] = [await signedData(Buffer.from('x'), signer), await signedData(Buffer.from('Subject: x\r\n\r\nx'), signer, { opaque: true }), signer.der, await revocations(signer, [signer])]

/** A sound structure with some octets changed, cut out or put in. */
function bent(random: Generator, octets: Buffer): Buffer {
  let der = Buffer.from(SOUND[random.next(SOUND.length)] ?? octets)
  for (let times = 1 + random.next(6); times > 0; times--) {
    const at = random.next(der.length + 1)
    const how = random.next(3)
    if (how === 0 && at < der.length) der[at] = random.next(256)
    else der = how === 1 ? Buffer.concat([der.subarray(0, at), der.subarray(at + random.next(9))]) : Buffer.concat([der.subarray(0, at), octets.subarray(0, random.next(9)), der.subarray(at)])
  }
  return der
}

/** All that reads structures of signatures. */
function readStructures(der: Buffer): void {
  const [cms, certificate, list] = [readCms(der), readCertificate(der), readRevocations(der)]
  must(cms.kind !== 'signed' || cms.signed.signers.length <= 5, 'more signers than are looked at')
  must(certificate === null || certificate.addresses.every((one) => one.includes('@')), 'an address is none')
  must(list === null || list.serials.every((one) => /^[\dA-F]*$/.test(one)), 'a serial number is none')
  const raw = Buffer.from(`Content-Type: application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: base64\r\n\r\n${der.toString('base64')}`)
  const inside = insideOf(raw, indexMessage(raw))
  must(inside === null || inside.message.root.end <= inside.raw.length, 'the index reaches beyond what is wrapped up')
}

export const targets: readonly Target[] = [
  {
    name: 'commands',
    run: (random, octets) => {
      const whole = commandsOf([octets])
      must(JSON.stringify(commandsOf(pieces(random, octets))) === JSON.stringify(whole), 'pieces of a stream give other commands than the whole')
    },
  },
  { name: 'search keys', run: (_random, octets) => grammatical(() => (readSearchKeys(cursorOf({ texts: [text(octets)], literals: [] })), undefined)) },
  { name: 'fetch items', run: (_random, octets) => grammatical(() => (readFetchItems(cursorOf({ texts: [text(octets)], literals: [] })), undefined)) },
  {
    name: 'message sets',
    run: (_random, octets) =>
      grammatical(() => {
        const cursor = cursorOf({ texts: [text(octets)], literals: [] })
        readSequenceSet(cursor)
        expectEnd(cursor)
      }),
  },
  {
    name: 'mailbox names',
    run: (_random, octets) => {
      const name = octets.toString('utf8').toWellFormed()
      must(decodeMailboxName(encodeMailboxName(name)) === name, `a name is not read back: ${JSON.stringify(name)}`)
      const read = decodeMailboxName(text(octets))
      must(read === null || encodeMailboxName(read) === text(octets), 'two writings of one name')
    },
  },
  { name: 'annotations', run: (_random, octets) => ['', '(/private/', '(MAXSIZE '].forEach((before) => [readEntries, readChanges, (cursor: Cursor) => readOptions(cursor, { depth: 0, most: null })].forEach((read) => grammatical(() => void read(cursorOf({ texts: [`${before}${text(octets)}`], literals: [] }))))) },
  {
    name: 'groups of NOTIFY',
    run: (_random, octets) => {
      for (const before of ['', '(selected (MessageNew ', '(mailboxes ', '(personal (']) grammatical(() => {
        const { selected, groups } = readGroups(cursorOf({ texts: [`${before}${text(octets)}`], literals: [] }), (name) => name)
        must(groups.every(({ events }) => events.messages || !events.flags) && (selected.messages || !selected.flags), 'flags are told without messages')
      })
    },
  },
  {
    name: 'URLs of messages',
    run: (_random, octets) => {
      for (const written of [text(octets), `/${text(octets)}/;UID=1`, `;UID=1/;SECTION=${text(octets)}`]) {
        const url = readMessageUrl(written)
        must(url === null || (url.uid >= 1 && url.section.path.every((number) => number >= 1)), 'a URL names no message')
      }
      must(/^[\x21-\x5c\x5e-\x7e]*$/.test(urlText(text(octets))), 'a URL ends its code early')
    },
  },
  {
    name: 'message index',
    run: (_random, octets) => {
      const message = indexMessage(octets)
      must(message.root.start === 0 && message.root.end <= octets.length, 'the index reaches beyond the message')
      for (const answer of [envelopeText(message.envelope), structureText(message.root, true), structureText(message.root, false)]) must(isBalanced(answer), `an answer does not close: ${answer.slice(0, 200)}`)
      searchTextOf(octets, message)
    },
  },
  {
    name: 'structures of signatures',
    run: (random, octets) => {
      for (const der of [octets, bent(random, octets)]) {
        try {
          readStructures(der)
        } catch (error) {
          throw new Error(`${String(error)} of ${der.toString('base64')}`, { cause: error })
        }
      }
      dersIn(text(octets), 'CERTIFICATE')
    },
  },
  { name: 'addresses', run: (_random, octets) => void parseAddresses(text(octets)) },
  {
    name: 'dates',
    run: (_random, octets) => {
      const date = parseDate(text(octets))
      must(date === null || Number.isFinite(date.at), 'a date is no moment')
    },
  },
  { name: 'content types and encoded words', run: (_random, octets) => void [parseContentType(text(octets)), decodeText(text(octets))] },
  {
    name: 'answers of POP3',
    run: (_random, octets) => {
      const answer = text(dotted(octets, null))
      must(answer.endsWith('.\r\n') && !answer.slice(0, -3).includes('\n.\r\n'), 'an answer ends before its end')
    },
  },
]

/** Pieces that parsers care about. */
const WORDS = [
  'a1 ', 'UID ', 'FETCH ', 'SEARCH ', 'BODY[', 'BODY.PEEK[1.2.HEADER.FIELDS (', ']', ')', '(', '<0.5>', 'OR ', 'NOT ', 'MODSEQ ', '"', '\\', '{3+}\r\n', '{0}\r\n', '~{2+}\r\n', '{99999999999}\r\n', '1:*', ',', '*', '$', '%', '&', '&-', '&ZTZO9nux-', 'selected ', 'personal ', 'subtree ', 'MessageNew ', 'MessageExpunge ', 'FlagChange', 'NONE', '/INBOX', ';UIDVALIDITY=1', '/;UID=', '/;SECTION=', '/;PARTIAL=1.2', '%E4', '%5D', '1',
  '\r\n', '\n', '\r', '\0', ' ', '\t', ':', ';', '=', '--', '--b\r\n', '--b--\r\n', 'Content-Type: multipart/mixed; boundary=b\r\n\r\n', 'Content-Type: message/rfc822\r\n\r\n', 'Content-Transfer-Encoding: base64\r\n', 'From: ', 'a@b', '<', '>', '@', '=?utf-8?B?', '?=',
  '=?gb2312?Q?=D6=D0?=', 'Wed, 25 Nov 2026 08:00:00 +0800', '31-Feb-2026', 'charset*0*=', "utf-8''%E4", '\xff', '\x80', '中', '.', '..', '\r\n.\r\n',
]

/** Octets made of such pieces and of others. */
export function octetsOf(random: Generator): Buffer {
  const parts = Array.from({ length: 1 + random.next(24) }, () => (random.next(5) === 0 ? Buffer.from(Array.from({ length: random.next(12) }, () => random.next(256))) : Buffer.from(WORDS[random.next(WORDS.length)] ?? '', 'latin1')))
  return Buffer.concat(parts)
}

/** What went wrong: enough to run it again. */
export type Finding = { readonly target: string; readonly seed: number; readonly octets: string; readonly error: string }

/** Longest time one run of a parser may take, in ms; machines are busy. */
const SLOW_MS = 2_000

/** Runs all targets on one seed. */
export function fuzzOnce(seed: number): readonly Finding[] {
  const octets = octetsOf(generator(seed))
  return targets.flatMap(({ name, run }) => {
    const begin = performance.now()
    try {
      run(generator(seed + 1), octets)
      return performance.now() - begin > SLOW_MS ? [{ target: name, seed, octets: octets.toString('base64'), error: 'slow' }] : []
    } catch (error) {
      return [{ target: name, seed, octets: octets.toString('base64'), error: error instanceof Error ? error.message : String(error) }]
    }
  })
}
