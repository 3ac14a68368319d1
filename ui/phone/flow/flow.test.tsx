import { expect, test } from 'vitest'
import type { TimelineWire } from '#kit/wire/task.ts'
import { spokenIn } from './opinions.tsx'
import { agrees } from './phrase-chips.tsx'

type Entry = TimelineWire['entries'][number]

const entry = (id: string, step: string, state: Entry['state'], people: readonly Partial<Entry['people'][number]>[]): Entry => ({
  id, node: id, step, state, at: null, due: null, note: null, people: people.map((who) => ({ name: '何向东', unitName: '综合科', onBehalfOf: null, outcome: null, opinion: null, at: null, why: '', signature: null, ...who })),
})

test('opinions come newest first; a bare signature says 同意, a mere receipt says nothing', () => {
  const entries = [
    entry('a', '签收', 'done', [{ outcome: '签收', at: '2026-11-23T01:00:00Z' }]), entry('b', '核稿', 'done', [{ opinion: '已核。', outcome: 'approve', at: '2026-11-24T01:00:00Z' }]),
    entry('c', '会签', 'done', [{ outcome: 'approve', at: '2026-11-24T02:00:00Z' }]), entry('d', '签发', 'now', [{}]),
  ]
  expect(spokenIn(entries).map(({ step, text }) => `${step} ${text}`)).toEqual(['会签 同意', '核稿 已核。'])
})

test('nobody sends something back with a phrase that agrees', () => {
  expect(['同意。', '拟同意，请领导审定。', '已阅。', '请按程序办理。', '不同意。'].map(agrees)).toEqual([true, true, true, false, false])
})
