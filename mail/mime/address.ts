import { done, peek, readAtom, readQuoted, type Scan, scan, skipBlanks, take } from './scan.ts'

/**
 * One entry of an address list as IMAP's ENVELOPE names it (RFC 9051 7.5.2): a group starts with a `mailbox` without `host`, and ends
 * with all four null; so a mailbox that lacks a half gets a word in its place. Octets, nothing decoded.
 */
export type Address = { readonly name: string | null; readonly route: string | null; readonly mailbox: string | null; readonly host: string | null }

const NO_MAILBOX = 'MISSING_MAILBOX'
const NO_HOST = 'MISSING_DOMAIN'
export const MOST_ADDRESSES = 10_000
const groupEnd: Address = { name: null, route: null, mailbox: null, host: null }

/** An address list (RFC 5322 3.4 with the obsolete forms of 4.4); what is no address is kept as a mailbox without a host. */
export function parseAddresses(value: string): readonly Address[] {
  const one = scan(value)
  const found: Address[] = []
  let group = false
  for (skipBlanks(one); !done(one) && found.length < MOST_ADDRESSES; skipBlanks(one)) {
    if (take(one, ',')) continue
    if (take(one, ';')) {
      if (group) found.push(groupEnd)
      group = false
      continue
    }
    const address = readAddress(one, !group)
    if (address !== null) found.push(address)
    if (address !== null && address.host === null && address.name === null && one.text[one.at - 1] === ':') group = true
  }
  if (group) found.push(groupEnd)
  return found
}

/** One mailbox, or the head of a group up to its colon. */
function readAddress(one: Scan, mayOpenGroup: boolean): Address | null {
  const from = one.at
  const words = readPhrase(one)
  if (peek(one) === '<') return readAngle(one, words.text === '' ? null : words.text)
  if (peek(one) === ':' && mayOpenGroup) {
    one.at++
    return { name: null, route: null, mailbox: words.text, host: null }
  }
  if (peek(one) === '@' && words.count < 2) {
    one.at++
    const { text: host, comment } = readDomain(one)
    skipRest(one)
    return { name: comment ?? words.comment, route: null, mailbox: words.local || NO_MAILBOX, host: host || NO_HOST }
  }
  if (one.at === from) one.at++
  skipRest(one)
  if (words.text === '') return null
  return words.count > 1 ? { name: words.text, route: null, mailbox: NO_MAILBOX, host: NO_HOST } : { name: words.comment, route: null, mailbox: words.local, host: NO_HOST }
}

type Words = { readonly count: number; readonly text: string; readonly local: string; readonly comment: string | null }

/** Words up to a special: `text` as a display name, `local` as a local part, with the last comment between them. Dots bind words to one. */
function readPhrase(one: Scan): Words {
  const words: string[] = []
  let count = 0
  /** Whether what was read ends with a dot. Asked of a text that grows, it would be copied each time. */
  let dotted = false
  let comment = skipBlanks(one)
  while (!done(one)) {
    const quoted = peek(one) === '"'
    const word = quoted ? readQuoted(one) : readDotAtom(one)
    if (word === '' && !quoted) break
    if (!dotted && !word.startsWith('.')) count++
    words.push(word)
    if (word !== '') dotted = word.endsWith('.')
    comment = skipBlanks(one) ?? comment
  }
  return { count, text: words.join(' '), local: words.join(''), comment }
}

function readDotAtom(one: Scan): string {
  let text = ''
  for (;;) {
    const atom = readAtom(one)
    if (atom === '' && peek(one) !== '.') return text
    text += atom
    if (take(one, '.')) text += '.'
  }
}

function readAngle(one: Scan, name: string | null): Address {
  one.at++
  skipBlanks(one)
  const route = peek(one) === '@' ? readRoute(one) : null
  const words = readPhrase(one)
  const host = take(one, '@') ? readDomain(one).text : ''
  skipTo(one, '>')
  take(one, '>')
  const comment = skipBlanks(one)
  skipRest(one)
  return { name: name ?? comment, route, mailbox: words.local || NO_MAILBOX, host: host || NO_HOST }
}

/** The obsolete source route `@a,@b:` (RFC 5322 4.4). */
function readRoute(one: Scan): string {
  const from = one.at
  skipTo(one, ':>')
  const route = one.text.slice(from, one.at)
  take(one, ':')
  return route
}

function readDomain(one: Scan): { readonly text: string; readonly comment: string | null } {
  let comment = skipBlanks(one)
  if (peek(one) === '[') {
    const from = one.at
    skipTo(one, ']')
    take(one, ']')
    return { text: one.text.slice(from, one.at), comment: skipBlanks(one) }
  }
  let text = ''
  for (;;) {
    text += readDotAtom(one)
    comment = skipBlanks(one) ?? comment
    if (peek(one) !== '.' && !text.endsWith('.')) return { text, comment }
    if (done(one) || !/[\w.\-\x80-\xff]/.test(peek(one))) return { text, comment }
  }
}

const skipTo = (one: Scan, ends: string): void => {
  while (!done(one) && !ends.includes(peek(one))) one.at++
}

/** What stands between an address and the next separator is no part of either. */
function skipRest(one: Scan): void {
  for (skipBlanks(one); !done(one) && peek(one) !== ',' && peek(one) !== ';'; skipBlanks(one)) {
    if (peek(one) === '"') readQuoted(one)
    else one.at++
  }
}
