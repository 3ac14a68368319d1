import { type Cursor, expect, match, peek, readAstring, readList, readWord, take, wrong } from './cursor.ts'
import { type FetchItem, readFetchItems } from './fetch-items.ts'
import { Refusal } from './store.ts'

/** Which mailboxes a group is about (RFC 5465 6); names as kept. */
export type Filter = { readonly kind: 'inboxes' | 'personal' | 'subscribed' } | { readonly kind: 'subtree' | 'mailboxes'; readonly names: readonly string[] }

/** What is told of them; `messages` is MessageNew with MessageExpunge, which go together. */
export type Events = { readonly messages: boolean; readonly flags: boolean; readonly names: boolean; readonly subscriptions: boolean; readonly annotations: boolean }

/**
 * What is told of the selected mailbox: `items` of new messages; at once, or with expunged messages `delayed` until a command that may change numbers, or only
 * with answers to commands, as it is without NOTIFY.
 */
export type Selected = { readonly when: 'at-once' | 'delayed' | 'commands'; readonly messages: boolean; readonly flags: boolean; readonly items: readonly FetchItem[] }

/** What a client wants to be told of, at any time. */
export type NotifySpec = { readonly selected: Selected; readonly groups: readonly { readonly filter: Filter; readonly events: Events }[]; readonly server: boolean }

export const AS_EVER: Selected = { when: 'commands', messages: true, flags: true, items: [] }
const UNTOLD: Selected = { when: 'commands', messages: false, flags: false, items: [] }
/** NOTIFY NONE. */
export const NOTHING: NotifySpec = { selected: UNTOLD, groups: [], server: false }
/** What ENABLE METADATA adds to a session without NOTIFY (RFC 5464 4.4). */
export const ANNOTATIONS: NotifySpec = { selected: AS_EVER, groups: [{ filter: { kind: 'personal' }, events: { messages: false, flags: false, names: false, subscriptions: false, annotations: true } }], server: true }

const EVENTS = ['MessageNew', 'MessageExpunge', 'FlagChange', 'MailboxName', 'SubscriptionChange', 'MailboxMetadataChange', 'ServerMetadataChange'] as const
type EventName = (typeof EVENTS)[number]

const MOST_GROUPS = 50
const MOST_NAMES = 500

type Read = { readonly events: ReadonlySet<EventName>; readonly items: readonly FetchItem[] | null }

function readEvent(cursor: Cursor): { readonly name: EventName; readonly items: readonly FetchItem[] | null } {
  const word = readWord(cursor)
  const name = EVENTS.find((one) => one.toUpperCase() === word)
  if (name === undefined) throw new Refusal(`BADEVENT (${EVENTS.join(' ')})`, `event ${word} is not known`)
  if (name !== 'MessageNew' || match(cursor, / (?=\()/y) === null) return { name, items: null }
  return { name, items: readFetchItems(cursor) }
}

/** `(event …)` or NONE. What belongs together must be asked for together (RFC 5465 5). */
function readEvents(cursor: Cursor): Read {
  if (peek(cursor) !== '(') return readWord(cursor) === 'NONE' ? { events: new Set(), items: null } : wrong('missing events')
  const read = readList(cursor, readEvent)
  const events = new Set(read.map(({ name }) => name))
  if (events.has('MessageNew') !== events.has('MessageExpunge')) wrong('MessageNew and MessageExpunge go together')
  if (events.has('FlagChange') && !events.has('MessageNew')) wrong('FlagChange needs MessageNew and MessageExpunge')
  return { events, items: read.find(({ items }) => items !== null)?.items ?? null }
}

/** A group as written: of the selected mailbox, or of others. */
type Group = { readonly kind: 'selected'; readonly selected: Selected } | { readonly kind: 'others'; readonly filter: Filter; readonly events: Events; readonly server: boolean }

const FILTERS = ['inboxes', 'personal', 'subscribed'] as const

function readFilter(cursor: Cursor, word: string, nameOf: (octets: string) => string): Filter {
  const plain = FILTERS.find((one) => one.toUpperCase() === word)
  if (plain !== undefined) return { kind: plain }
  if (word !== 'SUBTREE' && word !== 'MAILBOXES') wrong(`unknown mailboxes ${word}`)
  expect(cursor, ' ')
  const names = peek(cursor) === '(' ? readList(cursor, readAstring) : [readAstring(cursor)]
  if (names.length > MOST_NAMES) throw new Refusal('NOTIFICATIONOVERFLOW', 'too many mailboxes')
  return { kind: word === 'SUBTREE' ? 'subtree' : 'mailboxes', names: names.map(nameOf) }
}

const MESSAGE_EVENTS: readonly EventName[] = ['MessageNew', 'MessageExpunge', 'FlagChange']

function selectedOf({ events, items }: Read, delayed: boolean): Group {
  if ([...events].some((one) => !MESSAGE_EVENTS.includes(one))) wrong('the selected mailbox has message events only')
  const selected: Selected = { when: delayed ? 'delayed' : 'at-once', messages: true, flags: events.has('FlagChange'), items: items ?? [] }
  return { kind: 'selected', selected: events.size === 0 ? UNTOLD : selected }
}

function othersOf({ events, items }: Read, filter: Filter): Group {
  if (items !== null) wrong('items are told of the selected mailbox only')
  const told = { messages: events.has('MessageNew'), flags: events.has('FlagChange'), names: events.has('MailboxName'), subscriptions: events.has('SubscriptionChange'), annotations: events.has('MailboxMetadataChange') }
  return { kind: 'others', filter, events: told, server: events.has('ServerMetadataChange') }
}

/** `(mailboxes events)`. */
function readGroup(cursor: Cursor, nameOf: (octets: string) => string): Group {
  expect(cursor, '(')
  const word = readWord(cursor)
  const filter = word === 'SELECTED' || word === 'SELECTED-DELAYED' ? null : readFilter(cursor, word, nameOf)
  expect(cursor, ' ')
  const read = readEvents(cursor)
  expect(cursor, ')')
  return filter === null ? selectedOf(read, word === 'SELECTED-DELAYED') : othersOf(read, filter)
}

/** The groups of NOTIFY SET; `nameOf` makes a name of the octets of one. Events that are not known fail with BADEVENT. */
export function readGroups(cursor: Cursor, nameOf: (octets: string) => string): NotifySpec {
  const groups: Group[] = []
  do {
    groups.push(readGroup(cursor, nameOf))
  } while (groups.length <= MOST_GROUPS && take(cursor, ' '))
  if (groups.length > MOST_GROUPS) throw new Refusal('NOTIFICATIONOVERFLOW', 'too many groups')
  const selected = groups.flatMap((one) => (one.kind === 'selected' ? [one.selected] : []))
  if (selected.length > 1) wrong('the selected mailbox twice')
  const others = groups.flatMap((one) => (one.kind === 'others' ? [one] : []))
  return { selected: selected[0] ?? UNTOLD, groups: others.map(({ filter, events }) => ({ filter, events })), server: others.some(({ server }) => server) }
}
