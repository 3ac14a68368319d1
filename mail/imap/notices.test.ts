import assert from 'node:assert/strict'
import { test } from 'node:test'
import { array, assert as check, constantFrom, property, record, subarray } from 'fast-check'
import type { AccountState, Box } from '../store/contract.ts'
import { ALL_RIGHTS } from '../store/rights.ts'
import { firstStatus, type Notice, noticesOf, withoutAccess } from './notices.ts'
import { type Events, type Filter, NOTHING, type NotifySpec } from './notify-spec.ts'

const NO_EVENTS: Events = { messages: false, flags: false, names: false, subscriptions: false, annotations: false }
const box = (id: number, name: string, more: Partial<Box> = {}): Box => ({
  id, accountId: 'a', name, special: null, subscribed: true, uidValidity: 9, uidNext: 5, modseq: 7, messages: 4, unseen: 1, deleted: 0, size: 100, rights: ALL_RIGHTS, root: null, ...more,
})
const state = (...mailboxes: readonly Box[]): AccountState => ({ version: '1', mailboxes, annotations: [], isSubscribedElsewhere: false })
const spec = (events: Partial<Events>, filter: Filter = { kind: 'personal' }): NotifySpec => ({ ...NOTHING, groups: [{ filter, events: { ...NO_EVENTS, ...events } }] })

/** A notice in short. */
function short(one: Notice): string {
  if (one.kind === 'status') return `${one.mailbox.name}: ${one.items.join(' ')}`
  if (one.kind === 'metadata') return `${one.name}: ${one.entries.join(' ')}`
  return `${one.mailbox === null ? 'no ' : ''}${one.name}${one.children ? '/' : ''}${one.oldName === null ? '' : ` was ${one.oldName}`}${one.mailbox?.subscribed === true ? ' subscribed' : ''}`
}
const told = (of: NotifySpec, before: AccountState, after: AccountState, selected: number | null = null, condstore = false): readonly string[] => noticesOf(of, before, after, selected, condstore).map(short)

const [inbox, a, ab] = [box(1, 'INBOX'), box(2, 'a'), box(3, 'a/b', { subscribed: false })]
const all = state(inbox, a, ab)
const NAMES = spec({ names: true })
const MESSAGES = spec({ messages: true })
const FLAGS = spec({ messages: true, flags: true })
const NEW = 'MESSAGES UIDNEXT UIDVALIDITY UNSEEN'

const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['nothing happened', told(FLAGS, all, all), []],
  ['made, with the level above', told(NAMES, state(inbox, a), all), ['a/b', 'a/ subscribed']],
  ['made below a level that is none', told(NAMES, state(inbox), state(inbox, box(4, 'x/y'))), ['x/y subscribed', 'no x/']],
  ['removed', told(NAMES, all, state(inbox, a)), ['no a/b', 'a subscribed']],
  ['removed and made again', told(NAMES, state(inbox, a), state(inbox, box(9, 'a'))), ['no a', 'a subscribed']],
  ['renamed; what is below comes along', told(NAMES, all, state(inbox, box(2, 'z'), box(3, 'z/b'))), ['z/ was a subscribed']],
  ['renamed out of a subtree', told(spec({ names: true }, { kind: 'subtree', names: ['a'] }), all, state(inbox, a, box(3, 'b'))), ['b was a/b subscribed']],
  ['another name, not asked for', told(spec({ names: true }, { kind: 'mailboxes', names: ['INBOX'] }), all, state(inbox, box(2, 'z'))), []],
  ['subscribed to', told(spec({ subscriptions: true }), all, state(inbox, a, box(3, 'a/b'))), ['a/b subscribed']],
  ['made and so subscribed to', told(spec({ subscriptions: true }), state(inbox), state(inbox, a)), ['a subscribed']],
  ['not any more, as one of the subscribed', told(spec({ subscriptions: true }, { kind: 'subscribed' }), all, state(inbox, box(2, 'a', { subscribed: false }), ab)), ['a/']],
  ['a new message', told(MESSAGES, all, state(inbox, box(2, 'a', { uidNext: 6, messages: 5, modseq: 8 }), ab)), [`a: ${NEW}`]],
  ['one gone', told(MESSAGES, all, state(inbox, box(2, 'a', { messages: 3, modseq: 8 }), ab), null, true), [`a: ${NEW} HIGHESTMODSEQ`]],
  ['in the selected mailbox', told(FLAGS, all, state(inbox, box(2, 'a', { uidNext: 6, messages: 5 }), ab), 2), []],
  ['other flags, not asked for', told(MESSAGES, all, state(inbox, box(2, 'a', { modseq: 8, unseen: 0 }), ab)), []],
  ['read', told(FLAGS, all, state(inbox, box(2, 'a', { modseq: 8, unseen: 0 }), ab)), ['a: UIDVALIDITY UNSEEN']],
  ['flagged, to those who know of MODSEQs', told(FLAGS, all, state(inbox, box(2, 'a', { modseq: 8 }), ab), null, true), ['a: UIDVALIDITY UNSEEN HIGHESTMODSEQ']],
  ['flagged, to others', told(FLAGS, all, state(inbox, box(2, 'a', { modseq: 8 }), ab)), []],
  ['a new mailbox with messages', told(MESSAGES, state(inbox), state(inbox, a)), [`a: ${NEW}`]],
  ['where mail may arrive: everywhere', told(spec({ messages: true }, { kind: 'inboxes' }), all, state(box(1, 'INBOX', { uidNext: 6 }), box(2, 'a', { uidNext: 6 }), ab)), [`INBOX: ${NEW}`, `a: ${NEW}`]],
  ['of others is not personal', told(MESSAGES, state(box(5, 'o/x', { root: 'o' })), state(box(5, 'o/x', { root: 'o', uidNext: 6 }))), []],
  ['of others by name', told(spec({ messages: true }, { kind: 'subtree', names: ['o'] }), state(box(5, 'o/x', { root: 'o' })), state(box(5, 'o/x', { root: 'o', uidNext: 6 }))), [`o/x: ${NEW}`]],
  ['of others without the right to read', told(spec({ messages: true }, { kind: 'subtree', names: ['o'] }), state(box(5, 'o/x', { root: 'o' })), state(box(5, 'o/x', { root: 'o', uidNext: 6, rights: 'l' }))), []],
]
for (const [name, found, expected] of cases) test(`told: ${name}`, () => assert.deepEqual(found, expected))

test('annotations: new, changed and gone ones by name; those of the server where asked for', () => {
  const note = (mailboxId: number | null, entry: string, version: number) => ({ mailboxId, entry, version })
  const before = { ...state(inbox), annotations: [note(1, '/private/a', 1), note(1, '/private/b', 1), note(null, '/private/c', 1), note(7, '/private/d', 1)] }
  const after = { ...state(inbox), annotations: [note(1, '/private/a', 2), note(null, '/private/c', 3), note(1, '/private/e', 4)] }
  assert.deepEqual(told(spec({ annotations: true }), before, after), ['INBOX: /private/a', 'INBOX: /private/e', 'INBOX: /private/b'])
  assert.deepEqual(told({ ...NOTHING, server: true }, before, after), [': /private/c'])
})

test('groups add up', () => {
  const both: NotifySpec = { ...NOTHING, groups: [...spec({ messages: true }, { kind: 'mailboxes', names: ['a'] }).groups, ...spec({ subscriptions: true }).groups] }
  assert.deepEqual(told(both, all, state(inbox, box(2, 'a', { uidNext: 6, subscribed: false }), box(3, 'a/b', { uidNext: 6 }))), ['a/', 'a/b subscribed', `a: ${NEW}`])
})

test('at first: what is asked of each mailbox but the selected one, and those that may not be read', () => {
  const there = state(inbox, a, box(5, 'closed', { rights: 'l' }))
  assert.deepEqual(firstStatus(FLAGS, there, 1).map(({ mailbox, items }) => `${mailbox.name}: ${items.join(' ')}`), ['a: MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ'])
  assert.deepEqual(withoutAccess(MESSAGES, there).map(({ name }) => name), ['closed'])
})

/** A client that believes what it is told. */
type Known = Map<string, { readonly subscribed: boolean; readonly messages: number; readonly uidNext: number }>
const knownOf = ({ mailboxes }: AccountState): Known => new Map(mailboxes.map(({ name, subscribed, messages, uidNext }) => [name, { subscribed, messages, uidNext }]))
const NEW_BOX = { subscribed: true, messages: 0, uidNext: 1 }

function believe(known: Known, notice: Notice): void {
  if (notice.kind === 'metadata') return
  if (notice.kind === 'status') return void known.set(notice.mailbox.name, { ...(known.get(notice.mailbox.name) ?? assert.fail('numbers of a mailbox it does not know')), messages: notice.mailbox.messages, uidNext: notice.mailbox.uidNext })
  const { name, mailbox, oldName } = notice
  const moved = oldName === null ? [] : [...known].filter(([one]) => one === oldName || one.startsWith(`${oldName}/`))
  for (const [one] of moved) known.delete(one)
  for (const [one, values] of moved) known.set(`${name}${one.slice(oldName?.length)}`, values)
  if (mailbox === null) known.delete(name)
  else known.set(name, { ...(known.get(name) ?? NEW_BOX), subscribed: mailbox.subscribed })
}

const NAMES_TO_TRY = ['a', 'b', 'c', 'a/b', 'a/c', 'b/a', 'a/b/c', 'c/a/b']
type Act = { readonly what: 'create' | 'remove' | 'rename' | 'subscribe' | 'deliver' | 'expunge'; readonly name: string; readonly other: string }

/** What commands and deliveries do to the mailboxes of an account. */
function acted(boxes: readonly Box[], { what, name, other }: Act, at: number): readonly Box[] {
  const one = boxes.find((each) => each.name === name)
  const change = (more: Partial<Box>): readonly Box[] => boxes.map((each) => (each === one ? { ...each, ...more, modseq: each.modseq + 1 } : each))
  if (what === 'create') return one === undefined ? [...boxes, box(100 + at, name, { messages: 0, uidNext: 1 })] : boxes
  if (one === undefined) return boxes
  if (what === 'remove') return boxes.filter((each) => each !== one)
  if (what === 'deliver') return change({ messages: one.messages + 1, uidNext: one.uidNext + 1 })
  if (what === 'expunge') return change({ messages: Math.max(0, one.messages - 1) })
  if (what === 'subscribe') return change({ subscribed: !one.subscribed })
  const renamed = boxes.map((each) => (each === one || each.name.startsWith(`${name}/`) ? { ...each, name: `${other}${each.name.slice(name.length)}` } : each))
  return other.startsWith(`${name}/`) || new Set(renamed.map((each) => each.name)).size < renamed.length ? boxes : renamed
}

test('whatever happens between two looks, a client that believes the notices knows the names, subscriptions and counts', () => {
  const everything = spec({ messages: true, names: true, subscriptions: true })
  const acts = array(record<Act>({ what: constantFrom('create', 'remove', 'rename', 'subscribe', 'deliver', 'expunge'), name: constantFrom(...NAMES_TO_TRY), other: constantFrom(...NAMES_TO_TRY) }), { maxLength: 4 })
  check(property(subarray(NAMES_TO_TRY), acts, (names, done) => {
    const before = state(...names.map((name, at) => box(at + 1, name, { messages: at, uidNext: 10 + at })))
    const after = state(...done.reduce(acted, before.mailboxes))
    const known = knownOf(before)
    for (const notice of noticesOf(everything, before, after, null, false)) believe(known, notice)
    assert.deepEqual(new Map([...known].toSorted()), new Map([...knownOf(after)].toSorted()))
  }), { numRuns: 2_000 })
})
