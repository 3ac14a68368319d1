import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Cursor, cursorOf, expectEnd, GrammarError } from './cursor.ts'
import { NOTHING, readGroups } from './notify-spec.ts'
import { Refusal } from './store.ts'

function read(text: string) {
  const cursor: Cursor = cursorOf({ texts: [text], literals: [] })
  const spec = readGroups(cursor, (octets) => octets)
  expectEnd(cursor)
  return spec
}

const NO_EVENTS = { messages: false, flags: false, names: false, subscriptions: false, annotations: false }
const good: readonly (readonly [string, ReturnType<typeof read>])[] = [
  ['(selected NONE)', NOTHING],
  ['(SELECTED (MessageNew MessageExpunge))', { ...NOTHING, selected: { when: 'at-once', messages: true, flags: false, items: [] } }],
  ['(selected-delayed (messagenew (uid flags) MESSAGEEXPUNGE FlagChange))', { ...NOTHING, selected: { when: 'delayed', messages: true, flags: true, items: [{ kind: 'UID' }, { kind: 'FLAGS' }] } }],
  ['(personal (SubscriptionChange MailboxName ServerMetadataChange))', { ...NOTHING, groups: [{ filter: { kind: 'personal' }, events: { ...NO_EVENTS, names: true, subscriptions: true } }], server: true }],
  ['(mailboxes INBOX (MessageNew MessageExpunge)) (subtree (a "b c") (MailboxMetadataChange)) (inboxes NONE)', { ...NOTHING, groups: [
    { filter: { kind: 'mailboxes', names: ['INBOX'] }, events: { ...NO_EVENTS, messages: true } },
    { filter: { kind: 'subtree', names: ['a', 'b c'] }, events: { ...NO_EVENTS, annotations: true } },
    { filter: { kind: 'inboxes' }, events: NO_EVENTS },
  ] }],
  ['(subscribed (MessageNew MessageExpunge FlagChange))', { ...NOTHING, groups: [{ filter: { kind: 'subscribed' }, events: { ...NO_EVENTS, messages: true, flags: true } }] }],
]
for (const [text, expected] of good) test(`NOTIFY SET ${text}`, () => assert.deepEqual(read(text), expected))

const bad = [
  '', '()', '(selected)', '(selected ())', '(selected MessageNew)', '(personal (MessageNew))', '(personal (MessageExpunge))', '(personal (FlagChange))', '(personal (MessageNew (uid) MessageExpunge))', '(selected (MailboxName))',
  '(selected NONE) (selected-delayed NONE)', '(subtree (MailboxName))', '(mailboxes () (MailboxName))', '(somewhere (MailboxName))', '(personal (MailboxName)) ', '(personal (MailboxName)', '(selected (MessageNew () MessageExpunge))', '(selected (MessageNew (nothing) MessageExpunge))', '(personal SOME)',
]
for (const text of bad) test(`refused: NOTIFY SET ${text}`, () => assert.throws(() => read(text), GrammarError))

const isCode = (code: RegExp) => (error: unknown): boolean => error instanceof Refusal && code.test(error.code ?? '')
const without: readonly (readonly [string, RegExp])[] = [
  ['(selected (MessageNew MessageExpunge FlagChange AnnotationChange))', /^BADEVENT \(MessageNew MessageExpunge FlagChange MailboxName SubscriptionChange MailboxMetadataChange ServerMetadataChange\)$/],
  ['(personal (Holiday))', /^BADEVENT /],
  [`(mailboxes (${'a '.repeat(500)}a) NONE)`, /^NOTIFICATIONOVERFLOW$/],
  ['(personal NONE) '.repeat(51).trim(), /^NOTIFICATIONOVERFLOW$/],
]
for (const [text, code] of without) test(`not done: NOTIFY SET ${text.slice(0, 60)}`, () => assert.throws(() => read(text), isCode(code)))
