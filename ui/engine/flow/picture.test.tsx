import { fireEvent, render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { DiagramWire, PreviewWire, TimelineWire } from '#kit/wire/task.ts'
import { afterText } from './after-line.tsx'
import { areaOf, fitting, returnWay, zoomed } from './picture-model.ts'
import { PictureView } from './picture-view.tsx'
import { reasonOf } from './reason.ts'

const node = (id: string, y: number, state: DiagramWire['nodes'][number]['state'], people: readonly string[]): DiagramWire['nodes'][number] => ({
  id, name: id, kind: 'task', x: 0, y, w: 160, h: 50, state, people: [...people], due: null, mark: null,
})
const diagram: DiagramWire = {
  nodes: [node('审核', 0, 'done', ['何向东']), node('会签', 90, 'now', ['方宁', '何静', '顾云程']), node('签发', 180, 'next', ['周牧原'])],
  edges: [{ from: '审核', to: '会签', label: null, points: [{ x: 80, y: 50 }, { x: 80, y: 90 }], taken: true }],
  returns: [{ from: '会签', to: '审核', times: 2 }],
}
const person = (name: string, why: string): TimelineWire['entries'][number]['people'][number] => ({ name, unitName: '', onBehalfOf: null, outcome: 'approve', opinion: '同意', at: '2026-09-01T02:03:00Z', why, signature: null })
const entries: TimelineWire['entries'] = [{ id: 't1', node: '审核', step: '审核', state: 'done', people: [person('何向东', '部门负责人')], at: '2026-09-01T02:03:00Z', due: null, note: null }]

test('the picture says of each step its state, who has it or is expected, and the ways back', () => {
  render(<PictureView diagram={diagram} entries={entries} />)
  expect(screen.getByRole('button', { name: '会签，办理中，方宁、何静、顾云程' }).textContent).toContain('方宁 等 3 人')
  expect(screen.getByRole('button', { name: /^签发/ }).textContent).toContain('预计 周牧原')
  expect(screen.getByText('退回 2 次')).toBeTruthy()
})

test('a chosen step tells what was done there; a second press closes it; the zoom follows its buttons', () => {
  render(<PictureView diagram={diagram} entries={entries} />)
  const step = screen.getAllByRole('button', { name: /^审核/ })[0] as HTMLElement
  fireEvent.click(step)
  expect(screen.getByRole('region', { name: '环节：审核' }).textContent).toContain('同意')
  fireEvent.click(step)
  expect(screen.queryByRole('region', { name: '环节：审核' })).toBeNull()
  const before = screen.getAllByRole('status', { name: '比例' })[0]?.textContent
  fireEvent.click(screen.getAllByRole('button', { name: '放大' })[0] as HTMLElement)
  expect(screen.getAllByRole('status', { name: '比例' })[0]?.textContent).not.toBe(before)
})

test('ways back lie left of everything, inside the picture', () => {
  const way = returnWay(diagram, { from: '会签', to: '审核', times: 2 }, 0)
  expect(way?.[1]?.x).toBeLessThan(0)
  expect(areaOf(diagram).x).toBeLessThan(way?.[1]?.x ?? 0)
  expect(returnWay(diagram, { from: '会签', to: '没有', times: 1 }, 0)).toBeNull()
  expect([fitting(500, 1000, 1), fitting(2000, 1000, 1), fitting(0, 1000, 1), zoomed(2, 1), zoomed(1, -1)]).toEqual([0.5, 1, 1, 2, 0.8])
})

test('what follows is said in words', () => {
  const now = new Date('2026-09-01T02:00:00Z')
  const after = (more: Partial<PreviewWire['after'][number]>): PreviewWire['after'][number] => ({ node: 'a', name: '审核', next: [], waitsFor: [], ends: false, problem: null, ...more })
  const sign = { node: 'b', name: '会签', people: ['方宁', '何静'], why: '', due: '2026-09-02T09:30:00Z', wave: 0 }
  expect(afterText(after({ next: [sign] }), now)).toBe('转 会签：方宁、何静（明天前）')
  expect(afterText(after({ next: [{ ...sign, people: [], name: '待休假' }], waitsFor: ['协办'] }), now)).toBe('待 协办 办完，转 待休假（至明天）')
  expect([afterText(after({ ends: true }), now), afterText(after({ problem: '找不到办理人' }), now)]).toEqual(['办结', '找不到办理人'])
  expect(reasonOf([person('甲', '科长'), person('乙', '科长')])).toBe('科长')
  expect(reasonOf([person('甲', '科长'), person('乙', '局长')])).toBe('甲 科长；乙 局长')
})
