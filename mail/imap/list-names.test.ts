import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Mailbox, SpecialUse } from '../store/contract.ts'
import { listed, listedSubscribed, type Selection } from './list-names.ts'
import { matchesPattern } from './list-pattern.ts'

const box = (name: string, subscribed = true, special: SpecialUse | null = null): Mailbox => ({ id: 1, accountId: '', name, special, subscribed, uidValidity: 1, uidNext: 1, modseq: 1, messages: 0, unseen: 0, deleted: 0, size: 0 })
const all = [box('INBOX'), box('Sent', false, 'Sent'), box('foo/bar'), box('foo/bar/baz', false), box('fruit', false), box('fruit/apple')]
const nothing: Selection = { subscribed: false, special: false, recursive: false }
const show = (pattern: string, selection: Partial<Selection> = {}): readonly string[] =>
  listed(all, (name) => matchesPattern(pattern, name), { ...nothing, ...selection }).map(({ name, mailbox, children, childInfo }) => `${name}${mailbox === null ? ' none' : ''}${children ? ' +' : ''}${childInfo ? ' below' : ''}`)

const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['everything', show('*'), ['INBOX', 'Sent', 'foo/bar +', 'foo/bar/baz', 'fruit +', 'fruit/apple', 'foo none +']],
  ['one level', show('%'), ['INBOX', 'Sent', 'fruit +', 'foo none +']],
  ['subscribed ones', show('*', { subscribed: true }), ['INBOX', 'foo/bar +', 'fruit/apple']],
  ['subscribed ones of one level', show('%', { subscribed: true }), ['INBOX']],
  ['levels above subscribed ones', show('%', { subscribed: true, recursive: true }), ['INBOX', 'fruit + below', 'foo none + below']],
  ['levels are not told when what is below them is', show('*', { subscribed: true, recursive: true }), ['INBOX', 'foo/bar +', 'fruit/apple']],
  ['those of special use', show('*', { special: true }), ['Sent']],
]
for (const [name, found, expected] of cases) test(`LIST: ${name}`, () => assert.deepEqual(found, expected))

test('LSUB tells levels above subscribed mailboxes', () => {
  const found = listedSubscribed(all, (name) => matchesPattern('%', name)).map(({ name, selectable }) => [name, selectable])
  assert.deepEqual(found, [['INBOX', true], ['foo', false], ['fruit', false]])
})
