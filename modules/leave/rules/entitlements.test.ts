import assert from 'node:assert/strict'
import { test } from 'node:test'
import { birthDays, childYears, maternityDays, miscarriageDays, nursingMinutes, parentalDays } from './family.ts'
import { LEAVE_KINDS, mayCount } from './kinds.ts'
import { sickPayPercent } from './sick-pay.ts'
import { visitTooNear, visitYears } from './visits.ts'

test('maternity: 98 of the state and 60 of Shanghai, more for difficult births and twins', () => {
  assert.equal(maternityDays({ children: 1, difficult: false }), 158)
  assert.equal(maternityDays({ children: 1, difficult: true }), 173)
  assert.equal(maternityDays({ children: 3, difficult: true }), 203)
  assert.deepEqual([1, 3.9, 4, 6].map(miscarriageDays), [15, 15, 42, 42])
})

test('parental leave: 5 days in each of a child\'s first three years', () => {
  assert.deepEqual(childYears('2024-02-29').map(({ from, to, days }) => [from, to, days]), [
    ['2024-02-29', '2025-02-27', 5], ['2025-02-28', '2026-02-27', 5], ['2026-02-28', '2027-02-27', 5],
  ])
  const rows = [['2025-07-01', 10], ['2026-07-01', 5], ['2023-07-01', 5], ['2020-01-01', 0]] as const
  for (const [date, days] of rows) assert.equal(parentalDays(['2023-07-01', '2025-03-03'], date), days, date)
  assert.equal(parentalDays(['2023-07-01'], '2026-06-30'), 5)
  assert.equal(parentalDays(['2023-07-01'], '2026-07-01'), 0, 'not on the third birthday')
})

test('nursing: an hour a day until the first birthday, one more for each further child', () => {
  assert.equal(nursingMinutes('2026-01-10', 1, '2026-07-01'), 60)
  assert.equal(nursingMinutes('2026-01-10', 2, '2027-01-09'), 120)
  assert.equal(nursingMinutes('2026-01-10', 1, '2027-01-10'), 0)
  assert.equal(nursingMinutes('2026-01-10', 1, '2026-01-09'), 0)
})

test('long sick leave: full for two months, then by service', () => {
  const rows = [[1, 5, 100], [2, 5, 100], [3, 5, 90], [6, 9, 90], [7, 9, 70], [3, 10, 100], [7, 10, 80], [12, 30, 80]] as const
  for (const [month, years, percent] of rows) assert.equal(sickPayPercent(month, years), percent, `${month} ${years}`)
  assert.throws(() => sickPayPercent(0, 5), RangeError)
})

test('the kinds carry the numbers of law and of Shanghai', () => {
  const kinds = new Map(LEAVE_KINDS.map((kind) => [kind.code, kind]))
  assert.equal(kinds.size, LEAVE_KINDS.length)
  assert.deepEqual(kinds.get('marriage')?.limit, { per: 'event', days: 10 })
  assert.deepEqual(kinds.get('companion')?.limit, { per: 'event', days: 10 })
  assert.deepEqual(kinds.get('parental')?.limit, { per: 'child-year', days: 5 })
  assert.deepEqual(kinds.get('visit-spouse')?.limit, { per: 'year', days: 30 })
  assert.equal(kinds.get('annual')?.count, 'WD')
  assert.equal(kinds.get('sick')?.count, 'CD')
  assert.equal(kinds.get('only-child-care')?.enabled, false)
})

test('产假 and 生育假 by the case (女职工劳动保护特别规定 art. 7; 上海市人口与计划生育条例)', () => {
  const rows = [['normal', 1, 158], ['normal', 2, 173], ['difficult', 1, 173], ['difficult', 3, 203], ['early', 1, 15], ['late', 1, 42]] as const
  for (const [birth, children, days] of rows) assert.equal(birthDays(birth, children), days, `${birth} ${children}`)
})

test('探亲假 to parents: of the married once in four years; of the unmarried each year, or two years as one of 45 days (国发〔1981〕36号)', () => {
  const [married, both, yearly] = ['visit-parents-married', 'visit-parents-two-years', 'visit-parents-single']
  const rows = [
    [married, [], undefined], [married, [[married, '2022-07-01']], undefined], [married, [[married, '2022-07-02']], '2022-07-02'], [married, [[married, '2028-01-10']], '2028-01-10'],
    [married, [[married, '2018-05-01'], [married, '2022-06-30']], undefined], [married, [[yearly, '2026-01-10']], undefined],
    [both, [[both, '2024-07-01']], undefined], [both, [[both, '2024-07-02']], '2024-07-02'], [both, [[yearly, '2025-02-01']], '2025-02-01'], [both, [[yearly, '2024-02-01']], undefined],
    [yearly, [[both, '2025-02-01']], '2025-02-01'], [yearly, [[both, '2024-02-01']], undefined], [yearly, [[yearly, '2026-02-01']], undefined],
  ] as const
  for (const [kind, visits, near] of rows) assert.equal(visitTooNear(visits.map(([of, start]) => ({ kind: of, start })), { kind, start: '2026-07-01' })?.on, near, `${kind} ${visits}`)
  assert.deepEqual(visitTooNear([{ kind: both, start: '2025-02-01' }], { kind: yearly, start: '2026-07-01' }), { on: '2025-02-01', from: '2027-02-01' })
  assert.deepEqual([married, both, yearly, 'annual'].map(visitYears), [4, 2, 2, 0])
})

test('kinds within working time stay in hours, others in days', () => {
  assert.deepEqual([mayCount('nursing', 'hours'), mayCount('nursing', 'WD'), mayCount('annual', 'CD'), mayCount('annual', 'hours')], [true, false, true, false])
})
