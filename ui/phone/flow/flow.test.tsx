import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { TimelineWire } from '#kit/wire/task.ts'
import { NextStep } from './next-step.tsx'
import { spokenIn } from './opinions.tsx'
import { agrees } from './phrase-chips.tsx'

type Entry = TimelineWire['entries'][number]

const entry = (id: string, step: string, state: Entry['state'], people: readonly Partial<Entry['people'][number]>[], due: string | null = null): Entry => ({
  id, node: id, step, state, at: null, due, note: null, people: people.map((who) => ({ name: '何向东', unitName: '综合科', onBehalfOf: null, outcome: null, opinion: null, at: null, ...who })),
})

test('opinions come newest first; a bare signature says 同意, a mere receipt says nothing', () => {
  const entries = [
    entry('a', '签收', 'done', [{ outcome: '签收', at: '2026-11-23T01:00:00Z' }]), entry('b', '核稿', 'done', [{ opinion: '已核。', outcome: 'approve', at: '2026-11-24T01:00:00Z' }]),
    entry('c', '会签', 'done', [{ outcome: 'approve', at: '2026-11-24T02:00:00Z' }]), entry('d', '签发', 'now', [{}]),
  ]
  expect(spokenIn(entries).map(({ step, text }) => `${step} ${text}`)).toEqual(['会签 同意', '核稿 已核。'])
})

test('the bar says who gets it next and until when', () => {
  const { container } = render(<NextStep entries={[entry('d', '签发', 'now', [{}]), entry('n', '复核登记', 'next', [{ name: '韩雪湄' }], '2030-01-08T09:30:00Z'), entry('o', '分发', 'next', [{ name: '韩雪湄' }])]} />)
  expect(screen.getByText('复核登记 · 韩雪湄')).toBeTruthy()
  expect(container.querySelector('time')?.textContent).toBe('预计2030-01-08')
  expect(render(<NextStep entries={[entry('d', '签发', 'now', [{}])]} />).container.textContent).toBe('')
})

test('nobody sends something back with a phrase that agrees', () => {
  expect(['同意。', '拟同意，请领导审定。', '已阅。', '请按程序办理。', '不同意。'].map(agrees)).toEqual([true, true, true, false, false])
})
