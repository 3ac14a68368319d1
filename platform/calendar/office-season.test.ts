import assert from 'node:assert/strict'
import { test } from 'node:test'
import { areWindows, hoursOn } from './office-season.ts'

const [winter, summer] = [[{ from: 510, to: 1020 }], [{ from: 510, to: 690 }, { from: 810, to: 1080 }]]
const seasons = [{ fromDay: '06-01', windows: summer }, { fromDay: '10-01', windows: winter }]

test('a season holds until the next, over the turn of the year', () => {
  for (const [date, windows] of [['2026-06-01', summer], ['2026-09-30', summer], ['2026-10-01', winter], ['2027-05-31', winter]] as const) assert.equal(hoursOn(seasons, date), windows, date)
  assert.equal(hoursOn([], '2026-06-01'), null)
})

test('windows are in order and apart', () => {
  assert.deepEqual([[], summer, [{ from: 600, to: 600 }], [{ from: 600, to: 700 }, { from: 650, to: 800 }], [{ from: 0, to: 1441 }]].map(areWindows), [true, true, false, false, false])
})
