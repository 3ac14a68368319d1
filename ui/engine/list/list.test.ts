import { expect, test } from 'vitest'
import { entity } from '#kit/entity.ts'
import { date } from '#kit/fields/date.ts'
import { choice } from '#kit/fields/choice.ts'
import { period } from '#kit/fields/period.ts'
import { people } from '#kit/fields/reference.ts'
import { text } from '#kit/fields/text.ts'
import { and, where } from '#kit/where.ts'
import { views } from '#kit/views.ts'
import { changeState, nextSort, readState, writeState } from './address.ts'
import { ALL, conditionOf, joinRange, tabOf, wholeFilter } from './filters.ts'
import { nextAfter, placeIn } from './place.ts'
import { stepFrom } from './use-rows.ts'

const Trip = entity('trip_note', '出差单', {
  reason: text('事由'), place: choice('去向', { local: '本市', far: '外地' }), day: date('日期'), span: period('起止'), team: people('同行'),
}, { states: { draft: '草稿', done: '办结' }, title: '{reason}' })
const meta = { entity: Trip, views: views(Trip, { list: { columns: ['reason'], filter: ['place'], sort: '-createdAt', saved: { 我的: where('createdBy', '=', 'me') } }, form: [['reason']], phone: { title: 'reason', lines: [] } }) }
const start = readState(new URLSearchParams())

test('a list is the same after reading its own address', () => {
  const state = { tab: '我的', search: '调研', filters: { place: 'local,far', day: '2026-01-01~' }, sort: '-day', open: 'x' }
  expect(readState(writeState(state))).toEqual(state)
  expect(writeState(start).toString()).toBe('')
})

test('narrowing the list closes the open record, opening keeps the rest', () => {
  const open = { ...start, open: 'x', search: '调研' }
  expect(changeState(open, { search: '' }).open).toBeNull()
  expect(changeState(open, { open: 'y' })).toEqual({ ...open, open: 'y' })
})

test('sorting goes up, down and back to usual', () => {
  expect([null, 'day', '-day'].map((sort) => nextSort(sort, 'day'))).toEqual(['day', '-day', null])
})

test('filters become conditions', () => {
  const { fields } = Trip
  expect(conditionOf('place', fields.place, 'local,far')).toEqual(where('place', 'in', ['local', 'far']))
  expect(conditionOf('day', fields.day, joinRange('2026-01-01', ''))).toEqual(and(where('day', '>=', '2026-01-01')))
  expect(conditionOf('span', fields.span, '2026-01-01~2026-01-31')).toEqual(where('span', 'overlaps', { start: '2026-01-01', end: '2026-01-31' }))
  expect(conditionOf('team', fields.team, 'p1')).toEqual({ kind: 'or', any: [where('team', 'contains', 'p1')] })
  expect(joinRange('', '')).toBe('')
})

test('the first saved view is open until another one or everything is asked for', () => {
  expect(tabOf(meta, null)).toBe('我的')
  expect(tabOf(meta, '没有的')).toBe('我的')
  expect(wholeFilter(meta, start)).toEqual(where('createdBy', '=', 'me'))
  expect(wholeFilter(meta, { ...start, tab: ALL })).toBeUndefined()
  expect(wholeFilter(meta, { ...start, filters: { place: 'local', gone: 'x' } })).toEqual(and(where('createdBy', '=', 'me'), where('place', 'in', ['local'])))
})

test('arrow keys stay inside the rows', () => {
  const ids = ['a', 'b', 'c']
  expect(stepFrom(ids, 'a', 'ArrowDown')).toBe('b')
  expect(stepFrom(ids, 'a', 'ArrowUp')).toBeNull()
  expect(stepFrom(ids, 'c', 'ArrowDown')).toBeNull()
  expect([stepFrom(ids, 'b', 'Home'), stepFrom(ids, 'b', 'End'), stepFrom(ids, 'b', 'x')]).toEqual(['a', 'c', null])
})

test('a record knows its place, and what comes after it once it has left the list', () => {
  const gone: string[] = []
  const place = placeIn(['a', 'b', 'c'], 'b', (id) => gone.push(id))
  expect([place?.at, place?.of]).toEqual([2, 3])
  place?.step(1)
  expect(gone).toEqual(['c'])
  expect(placeIn(['a'], 'x', () => undefined)).toBeUndefined()
  expect(nextAfter(['a', 'b', 'c'], 'b', ['a', 'c'])).toBe('c')
  expect(nextAfter(['a', 'b', 'c'], 'c', ['a', 'b'])).toBe('a')
  expect(nextAfter(['a'], 'a', ['a'])).toBeNull()
})
