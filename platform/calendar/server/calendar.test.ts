import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { shanghaiInstant } from '#base/civil-date.ts'
import { testRuntime } from '#test/runtime.ts'
import type { TestRuntime } from '#test/runtime.ts'
import { Calendar } from '../contract.ts'
import type { CalendarService } from '../contract.ts'
import { writeYear } from './days.ts'
import { service } from './index.ts'

let it: TestRuntime
before(async () => {
  it = await testRuntime({ services: [service] })
})
after(() => it.close())

const ask = <T>(work: (calendar: CalendarService) => Promise<T>): Promise<T> => it.runtime.query(null, (ctx) => work(ctx.use(Calendar)))

test('the seed stands after the first start and is not repeated', async () => {
  await service.sync?.(it.runtime)
  const { rows } = await sql`select year, confirmed from calendar_version order by year`.execute(it.runtime.db)
  assert.deepEqual(rows, [2024, 2025, 2026, 2027].map((year) => ({ year, confirmed: year < 2027 })))
})

test('working days of 2026 by its notice', async () => {
  assert.equal(await ask((calendar) => calendar.isWorkingDay('2026-10-10')), true)
  assert.equal(await ask((calendar) => calendar.addWorkingDays('2026-09-30', 1)), '2026-10-08')
  assert.equal(await ask((calendar) => calendar.workingDaysBetween('2026-09-30', '2026-10-10')), 3)
  const due = await ask((calendar) => calendar.due(shanghaiInstant('2026-09-30', 600), { unit: 'WD', n: 2 }, randomUUID()))
  assert.deepEqual(due, shanghaiInstant('2026-10-09', 1050))
})

test('an unconfirmed year is shown, but nothing is reckoned with it', async () => {
  assert.ok((await ask((calendar) => calendar.days(2027))).every(({ provisional }) => provisional))
  await assert.rejects(ask((calendar) => calendar.isWorkingDay('2027-01-01')), { code: 'calendar.year.unconfirmed', details: { year: 2027 } })
  await assert.rejects(ask((calendar) => calendar.due(shanghaiInstant('2026-12-31', 600), { unit: 'WD', n: 1 }, randomUUID())), { code: 'calendar.year.unconfirmed' })
})

test('the snapshot is the same until the calendar changes; a roll-back changes nothing', async () => {
  const table = await ask((calendar) => calendar.table())
  await assert.rejects(it.runtime.command(null, async (ctx) => {
    await writeYear(ctx, 2027, [], true)
    assert.ok((await ctx.use(Calendar).table()).confirmedYears.has(2027))
    throw new Error('rolled back')
  }), /rolled back/)
  assert.equal((await ask((calendar) => calendar.table())).confirmedYears.has(2027), false)
  assert.deepEqual(await ask((calendar) => calendar.table()), table)
  assert.equal(await ask((calendar) => calendar.table()), await ask((calendar) => calendar.table()))
})

test('a broken notice is refused with its problems', async () => {
  const broken = [{ date: '2028-01-01', kind: 'holiday', name: '元旦', source: '通知', provisional: false }] as const
  await assert.rejects(it.runtime.command(null, (ctx) => ctx.use(Calendar).confirm(2027, broken)), { code: 'calendar.import' })
})

test('office hours: organisation over district over the default', async () => {
  const own = randomUUID()
  const hours = (organisation: string) => ask((calendar) => calendar.officeHours(organisation, '2026-07-01'))
  assert.deepEqual(await hours(own), [{ from: 510, to: 1050 }])
  await sql`insert into calendar_hours values ('district', '06-01', '[{"from": 540, "to": 1080}]'), (${own}, '01-01', '[{"from": 480, "to": 960}]')`.execute(it.runtime.db)
  assert.deepEqual([await hours(randomUUID()), await hours(own)], [[{ from: 540, to: 1080 }], [{ from: 480, to: 960 }]])
})
