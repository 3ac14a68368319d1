import assert from 'node:assert/strict'
import { test } from 'node:test'
import chineseDays from 'chinese-days'
import { datesBetween } from '#base/civil-date.ts'
import { addWorkingDays, dayKind, isWorkingDay, UnconfirmedYearError } from '#base/working-days.ts'
import { SEED_CONFIRMED_YEARS, SEED_DAYS } from './data/seed.ts'
import { NOTICES } from './data/notices.ts'
import { dayTable, daysOfNotice, differences, problemsOf, provisionalDays, unconfirmedNextYear, womensHalfDay } from './day-table.ts'
import type { CalendarDay } from './day-table.ts'

// oxlint-disable-next-line import/no-named-as-default-member -- a CommonJS package: Node gives its names only through the default
const { isWorkday } = chineseDays
const table = dayTable(SEED_DAYS, SEED_CONFIRMED_YEARS)
const of2027 = SEED_DAYS.filter(({ date }) => date.startsWith('2027'))

test('2024 to 2026 agree with chinese-days on every day', () => {
  for (const date of datesBetween('2024-01-01', '2026-12-31')) assert.equal(isWorkingDay(table, date), isWorkday(date), date)
})

test('2026 is the notice', () => {
  const rest = ['2026-01-02', '2026-02-15', '2026-02-23', '2026-04-06', '2026-05-05', '2026-06-21', '2026-09-27', '2026-10-07']
  const work = ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']
  for (const date of rest) assert.equal(dayKind(table, date), 'rest', date)
  for (const date of work) assert.equal(dayKind(table, date), 'work', date)
  assert.equal(dayKind(table, '2026-02-17'), 'holiday')
  assert.equal(addWorkingDays(table, '2026-02-13', 1), '2026-02-14')
  assert.equal(addWorkingDays(table, '2026-02-14', 1), '2026-02-24')
})

test('each notice has the legal days of its law and no mistakes', () => {
  for (const notice of NOTICES) assert.deepEqual(problemsOf(notice.year, daysOfNotice(notice)), [], String(notice.year))
  assert.equal(SEED_DAYS.find(({ date }) => date === '2025-10-06')?.name, '中秋节')
})

test('chinese-days calls New Year 2027 a working day, the table refuses to answer', () => {
  assert.equal(isWorkday('2027-01-01'), true)
  assert.throws(() => isWorkingDay(table, '2027-01-01'), UnconfirmedYearError)
  assert.throws(() => addWorkingDays(table, '2026-12-31', 1), UnconfirmedYearError)
  assert.throws(() => isWorkingDay(table, '2023-12-31'), UnconfirmedYearError)
})

test('2027 is provisional: 13 legal days and free days for those on weekends', () => {
  assert.ok(of2027.every(({ provisional }) => provisional))
  assert.deepEqual(of2027.filter(({ kind }) => kind === 'holiday').map(({ date }) => date.slice(5)), [
    '01-01', '02-05', '02-06', '02-07', '02-08', '04-05', '05-01', '05-02', '06-09', '09-15', '10-01', '10-02', '10-03',
  ])
  assert.deepEqual(of2027.filter(({ kind }) => kind === 'rest').map(({ date }) => date.slice(5)), ['02-09', '02-10', '05-03', '05-04', '10-04', '10-05'])
})

test('provisional days never enter the table, even when their year is confirmed by mistake', () => {
  assert.equal(dayTable(of2027, [2027]).days.size, 0)
})

test('a free day never falls on another festival', () => {
  const days = provisionalDays(2020, { springFestival: '2020-01-25', qingming: '2020-04-04', dragonBoat: '2020-06-25', midAutumn: '2020-10-01' })
  assert.deepEqual(days.filter(({ name, kind }) => name === '国庆节' && kind === 'rest').map(({ date }) => date), ['2020-10-05'])
})

test('an import shows what changes and what is wrong', () => {
  const rows: CalendarDay[] = of2027.map((day) => ({ ...day, provisional: false }))
  const notice = [...rows.filter(({ date }) => date !== '2027-05-04'), { date: '2027-05-08', kind: 'work', name: '劳动节', source: '通知', provisional: false } as const]
  assert.deepEqual(differences(2027, of2027, notice), [{ date: '2027-05-04', before: 'rest', after: 'work' }, { date: '2027-05-08', before: 'rest', after: 'work' }])
  assert.deepEqual(problemsOf(2027, notice), [])
  assert.deepEqual(problemsOf(2027, [...notice.slice(1), ...notice.slice(1, 2), { ...notice[1]!, date: '2028-01-01' }, { ...notice[1]!, date: '2027-05-07', kind: 'work' }]), [
    '2028-01-01 不在 2027 年内', '2027-02-05 重复', '2027-05-07 本来就是工作日，不必列为补班', '法定节日应为 13 天，现有 14 天',
  ])
})

test('alarm in December, half a day in March', () => {
  assert.equal(unconfirmedNextYear('2026-11-30', table.confirmedYears), null)
  assert.equal(unconfirmedNextYear('2026-12-01', table.confirmedYears), 2027)
  assert.equal(unconfirmedNextYear('2025-12-31', table.confirmedYears), null)
  assert.equal(womensHalfDay(2026), null)
  assert.equal(womensHalfDay(2027), '2027-03-08')
})
