import type { Section } from '../mime/section.ts'
import { cursorOf, expectEnd, GrammarError } from './cursor.ts'
import { type Partial, readSection } from './fetch-items.ts'

/**
 * A message, or a part of it, as a relative IMAP URL names it (RFC 5092 as far as RFC 4469 needs it). `mailbox` is octets without percent signs: `null`
 * is the selected mailbox, `relative` that its name continues the levels above the selected one.
 */
export type MessageUrl = {
  readonly mailbox: string | null
  readonly relative: boolean
  readonly uidValidity: number | null
  readonly uid: number
  readonly section: Section
  readonly partial: Partial | null
}

const LONGEST = 4_000
const BCHAR = String.raw`(?:[A-Za-z0-9\-._~!$'()*+,&=:@/]|%[0-9A-Fa-f]{2})`
const NUMBER = String.raw`[1-9]\d{0,9}`
const MAILBOX = `(?<root>/?)(?<mailbox>(?!/)${BCHAR}+?)(?:;UIDVALIDITY=(?<validity>${NUMBER}))?/`
/** No scheme, no server, no right to a URL given on (URLAUTH): those are other extensions. */
const PATTERN = new RegExp(String.raw`^(?:${MAILBOX})?;UID=(?<uid>${NUMBER})(?:/;SECTION=(?<section>${BCHAR}+?))?(?:/;PARTIAL=(?<origin>\d{1,10})(?:\.(?<length>${NUMBER}))?)?$`, 'i')
const SCHEME = /^[a-z][a-z0-9+.-]*:/i
const LARGEST = 4_294_967_295

const unescaped = (text: string): string => text.replace(/%([0-9A-F]{2})/gi, (_, octet: string) => String.fromCharCode(Number.parseInt(octet, 16)))

function sectionNamed(written: string): Section | null {
  const cursor = cursorOf({ texts: [`[${unescaped(written)}]`], literals: [] })
  try {
    const { section } = readSection(cursor)
    expectEnd(cursor)
    return section
  } catch (error) {
    if (error instanceof GrammarError) return null
    throw error
  }
}

/** What a URL names; null when it is none that CATENATE takes. */
export function readMessageUrl(text: string): MessageUrl | null {
  const found = text.length > LONGEST || SCHEME.test(text) ? undefined : PATTERN.exec(text)?.groups
  if (found === undefined) return null
  const { root, mailbox, validity, uid, section: written, origin, length } = found
  const section = written === undefined ? { path: [], text: null } : sectionNamed(written)
  const numbers = [uid, validity, origin, length].map((digits) => Number(digits ?? 0))
  if (section === null || numbers.some((number) => number > LARGEST)) return null
  return {
    mailbox: mailbox === undefined ? null : unescaped(mailbox), relative: mailbox !== undefined && root === '', uidValidity: validity === undefined ? null : Number(validity), uid: Number(uid), section,
    partial: origin === undefined ? null : { origin: Number(origin), length: length === undefined ? LARGEST : Number(length) },
  }
}

/** A URL as a BADURL code may hold it: what would end the code is written with percent signs. */
export const urlText = (url: string): string => url.slice(0, 1_000).replace(/[^\x21-\x5c\x5e-\x7e]/g, (octet) => `%${octet.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
