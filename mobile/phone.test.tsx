import { expect, test } from 'vitest'
import { cssVariables } from '#ui/tokens.ts'
import { fromLocal, toLocal } from '#ui/phone/fields/local-time.ts'
import { placeOf, todoAddress } from '#ui/phone/flow/todo-address.ts'
import { putHomeBefore } from '#ui/phone/frame/history.ts'
import { distance, keptUnder, tapped, within } from '#ui/phone/reader/zoom.ts'
import { tilesOf } from './apps/app-grid.tsx'
import { boxOf } from './todo/boxes.ts'
import { safeBack } from './sign-in/sign-in-page.tsx'

const line = (id: string) => ({
  id, box: 'todo' as const, entity: 'leave_request', recordId: `r-${id}`, title: id, moduleTitle: '请休假', stepName: '审批', from: '', urgency: 'normal' as const, at: '2026-11-24T02:00:00Z',
  due: null, where: null, batch: false, agency: null, revision: 1,
})

test('custom properties carry the names the style sheets use', () => {
  const names = Object.keys(cssVariables({ shell: 'mobile', large: false, density: 'comfortable' }))
  expect(names).toEqual(expect.arrayContaining(['--text', '--text2', '--text3', '--line-strong', '--primary-soft']))
})

test('the type is 16 on the phone and 20 in large mode', () => {
  expect(cssVariables({ shell: 'mobile', large: false, density: 'comfortable' })['--f']).toBe('16px')
  expect(cssVariables({ shell: 'mobile', large: true, density: 'comfortable' })['--f']).toBe('20px')
})

test('a to-do opens its record with the task or reading it stands for', () => {
  expect(todoAddress(line('a'))).toBe('/app/leave_request/r-a?task=a')
  expect(todoAddress({ ...line('a'), box: 'toread' })).toBe('/app/leave_request/r-a?reading=a')
  for (const box of ['done', 'read', 'mine'] as const) expect(todoAddress({ ...line('a'), box })).toBe('/app/leave_request/r-a')
})

test('the next to-do is the one after this, the first one left at the end, or none', () => {
  const items = [line('a'), line('b'), line('c')]
  expect(placeOf(items, 'b')).toEqual({ at: 2, of: 3, next: items[2] })
  expect(placeOf(items, 'c').next).toBe(items[0])
  expect(placeOf(items.slice(1), 'a')).toEqual({ at: 0, of: 2, next: items[1] })
  expect(placeOf([line('a')], 'a').next).toBeUndefined()
})

test('moments and the phone picker agree on Shanghai time', () => {
  expect(toLocal('2026-11-24T02:03:00Z')).toBe('2026-11-24T10:03')
  expect(fromLocal('2026-11-24T10:03')).toBe('2026-11-24T02:03:00.000Z')
  expect(toLocal('2025-12-31T16:30:00Z')).toBe('2026-01-01T00:30')
  expect([toLocal(''), fromLocal(''), fromLocal('2026-13-01T10:00')]).toEqual(['', null, null])
})

test('an unknown box is 待办', () => {
  expect([boxOf('done'), boxOf(null), boxOf('x')]).toEqual(['done', 'todo', 'todo'])
})

test('only own pages are gone back to after signing in', () => {
  expect(['/todo?box=done', '//evil.example', '/\\evil.example', 'https://evil.example', '/sign-in', null].map(safeBack)).toEqual(['/todo?box=done', '/', '/', '/', '/', '/'])
})

test('zoom stays between the whole width and four times it, and the point under the fingers stays', () => {
  expect([within(0.3), within(2), within(9)]).toEqual([1, 2, 4])
  expect([tapped(1), tapped(2), tapped(3.1)]).toEqual([2, 1, 1])
  expect(distance({ x: 0, y: 0 }, { x: 3, y: 4 })).toBe(5)
  expect(keptUnder({ x: 0, y: 100 }, { x: 50, y: 20 }, 2)).toEqual({ x: 50, y: 220 })
})

test('a page opened by a link gets the first page before it, once', () => {
  const entries: [string, unknown][] = []
  const tab = { state: null as unknown, replaceState: (state: unknown, _: string, url?: string | URL | null) => { entries[0] = [String(url), state] }, pushState: (state: unknown, _: string, url?: string | URL | null) => { entries.push([String(url), state]) } }
  putHomeBefore(tab, '/m', '/m/app/leave_request/1?task=2')
  expect(entries).toEqual([['/m', { usr: null, key: 'home', idx: 0 }], ['/m/app/leave_request/1?task=2', { usr: null, key: 'opened', idx: 1 }]])
  putHomeBefore({ ...tab, state: { idx: 1 } }, '/m', '/m/todo')
  putHomeBefore(tab, '/m', '/m')
  expect(entries).toHaveLength(2)
})

test('an application with several lists has a tile for each, another one for itself', () => {
  const [leave, out, received] = [{ entity: 'leave_request', label: '请假单' }, { entity: 'documents_outgoing', label: '发文' }, { entity: 'documents_incoming', label: '收文' }]
  expect(tilesOf({ id: 'leave', title: '请销假', path: '/app/leave_request', lists: [leave] })).toEqual([{ key: 'leave', title: '请销假', to: '/app/leave_request' }])
  expect(tilesOf({ id: 'documents', title: '公文', path: '/app/documents_outgoing', lists: [out, received] }).map(({ title, to }) => [title, to])).toEqual([['发文', '/app/documents_outgoing'], ['收文', '/app/documents_incoming']])
})
