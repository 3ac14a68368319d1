import { domainToASCII } from 'node:url'

/** An address of an envelope, the domain in lower case; octets beyond ASCII only with SMTPUTF8. */
export type Path = { readonly address: string; readonly rest: string }
export type PathFault = 'bad' | 'utf8'

const LONGEST_LOCAL = 64
const LONGEST_DOMAIN = 255
const QUOTED = /^"(?:[^"\\\p{Cc}]|\\[^\p{Cc}])*"/u
const DOTTED = /^[^\s"(),:;<>@[\\\]\p{Cc}.]+(?:\.[^\s"(),:;<>@[\\\]\p{Cc}.]+)*/u
const LITERAL = /^\[(?:\d{1,3}(?:\.\d{1,3}){3}|IPv6:[\da-f:.]{2,45})\]/i
const DOMAIN = /^[\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}_.-]*[\p{L}\p{M}\p{N}_])?\.?/u
/** Old source routes are read and not used (RFC 5321 4.1.1.3). */
const ROUTE = /^@[^\s:<>]{1,255}:/

/** Reads `<local@domain>` at the start (RFC 5321 4.1.2, RFC 6531 3.3); `rest` are the parameters behind it. The null path `<>` has the empty address. */
export function readPath(text: string, utf8: boolean): Path | PathFault {
  if (!text.startsWith('<')) return 'bad'
  if (text.startsWith('<>')) return ended('', text.slice(2))
  const inner = text.slice(1).replace(ROUTE, '')
  const local = (QUOTED.exec(inner) ?? DOTTED.exec(inner))?.[0]
  if (local === undefined || Buffer.byteLength(local) > LONGEST_LOCAL) return 'bad'
  const after = inner.slice(local.length)
  if (after.startsWith('>')) return /^postmaster$/i.test(local) ? ended(local.toLowerCase(), after.slice(1)) : 'bad'
  const domain = after.startsWith('@') ? readDomain(after.slice(1)) : null
  if (domain === null || after[domain.length + 1] !== '>') return 'bad'
  if (!utf8 && /[^\0-\x7f]/.test(local + domain)) return 'utf8'
  const ascii = domain.startsWith('[') ? domain.toLowerCase() : domainToASCII(domain.replace(/\.$/, ''))
  return ascii === '' ? 'bad' : ended(`${unquoted(local)}@${ascii}`, after.slice(domain.length + 2))
}

/** A quoted local part that needs no quotes is the same as without them. */
function unquoted(local: string): string {
  if (!local.startsWith('"')) return local
  const plain = local.slice(1, -1).replace(/\\(.)/gu, '$1')
  return DOTTED.exec(plain)?.[0] === plain ? plain : local
}

function readDomain(text: string): string | null {
  const domain = (LITERAL.exec(text) ?? DOMAIN.exec(text))?.[0]
  return domain === undefined || domain.length > LONGEST_DOMAIN || domain.includes('..') ? null : domain
}

const ended = (address: string, rest: string): Path | PathFault => (rest === '' || rest.startsWith(' ') ? { address, rest: rest.trim() } : 'bad')

/** ESMTP parameters by keyword in upper case; null when they cannot be read or one comes twice. */
export function readParameters(text: string): ReadonlyMap<string, string> | null {
  const found = new Map<string, string>()
  for (const one of text.split(' ').filter((word) => word !== '')) {
    const match = /^([A-Za-z\d][A-Za-z\d-]*)(?:=([^\s=\p{Cc}]*))?$/u.exec(one)
    const keyword = match?.[1]?.toUpperCase()
    if (keyword === undefined || found.has(keyword)) return null
    found.set(keyword, match?.[2] ?? '')
  }
  return found
}

/** Text written as xtext (RFC 3461 4); null when it is none. */
export function readXtext(text: string): string | null {
  if (!/^(?:[!-*,-<>-~]|\+[\dA-F]{2})*$/.test(text)) return null
  const decoded = text.replace(/\+([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return /^[\x20-\x7e]*$/.test(decoded) ? decoded : null
}

/** Text as xtext (RFC 3461 4). */
export const xtext = (text: string): string => text.replace(/[^!-*,-<>-~]/g, (one) => `+${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
