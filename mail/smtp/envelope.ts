import { readParameters, readPath, readXtext } from './path.ts'
import { type Reply, replies } from './replies.ts'
import type { Notify, Recipient, Sender } from './service.ts'

const NOTIFY: ReadonlySet<string> = new Set<Notify>(['SUCCESS', 'FAILURE', 'DELAY'])
const LONGEST_ENVELOPE_ID = 100
const LONGEST_ORIGINAL = 500

type Read<T> = { readonly value: T } | { readonly refused: Reply }
const refused = (reply: Reply): { readonly refused: Reply } => ({ refused: reply })

/** `FROM:<…>` with its parameters. A domain is needed; the null path is that of reports. */
export function readSender(text: string): Read<Sender> {
  const match = /^FROM: ?(<.*)$/i.exec(text)
  if (match === null) return refused(replies.syntax)
  const path = readPath(match[1] ?? '', / SMTPUTF8(?= |$)/i.test(text))
  if (path === 'utf8') return refused(replies.needsUtf8)
  if (path === 'bad' || path.address === 'postmaster') return refused(replies.badSender)
  const given = readParameters(path.rest)
  if (given === null) return refused(replies.syntax)
  const known = readMailParameters(given)
  return 'refused' in known ? known : { value: { address: path.address, ...known.value } }
}

function readMailParameters(given: ReadonlyMap<string, string>): Read<Omit<Sender, 'address'>> {
  if ([...given.keys()].some((key) => !['SIZE', 'BODY', 'SMTPUTF8', 'RET', 'ENVID', 'AUTH'].includes(key))) return refused(replies.badParameter)
  const size = given.get('SIZE')
  const body = (given.get('BODY') ?? '7BIT').toUpperCase()
  const returns = given.get('RET')?.toUpperCase() ?? null
  const envelopeId = given.has('ENVID') ? readXtext(given.get('ENVID') ?? '') : ''
  if (size !== undefined && !/^\d{1,20}$/.test(size)) return refused(replies.syntax)
  if (!['7BIT', '8BITMIME'].includes(body) || (given.get('SMTPUTF8') ?? '') !== '') return refused(replies.syntax)
  if (returns !== null && returns !== 'FULL' && returns !== 'HDRS') return refused(replies.syntax)
  if (envelopeId === null || envelopeId.length > LONGEST_ENVELOPE_ID) return refused(replies.syntax)
  return { value: { size: size === undefined ? null : Number(size), eightBit: body === '8BITMIME', utf8: given.has('SMTPUTF8'), envelopeId: envelopeId || null, returns } }
}

/** `TO:<…>` with its parameters. */
export function readRecipient(text: string, utf8: boolean): Read<Recipient> {
  const match = /^TO: ?(<.*)$/i.exec(text)
  if (match === null) return refused(replies.syntax)
  const path = readPath(match[1] ?? '', utf8)
  if (path === 'utf8') return refused(replies.needsUtf8)
  if (path === 'bad' || path.address === '') return refused(replies.badPath)
  const given = readParameters(path.rest)
  if (given === null) return refused(replies.syntax)
  if ([...given.keys()].some((key) => key !== 'NOTIFY' && key !== 'ORCPT')) return refused(replies.badParameter)
  const notify = readNotify(given.get('NOTIFY'))
  const original = given.get('ORCPT') ?? null
  if (notify === 'bad' || (original !== null && !isOriginal(original))) return refused(replies.syntax)
  return { value: { address: path.address, notify, original } }
}

const isOriginal = (text: string): boolean => text.length <= LONGEST_ORIGINAL && /^[A-Za-z\d-]+;[^\s\p{Cc}]+$/u.test(text)

function readNotify(text: string | undefined): readonly Notify[] | null | 'bad' {
  if (text === undefined) return null
  const words = text.toUpperCase().split(',')
  if (words.length === 1 && words[0] === 'NEVER') return ['NEVER']
  return words.every((word): word is Notify => NOTIFY.has(word)) ? words : 'bad'
}
