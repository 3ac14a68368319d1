/** The rules of law and regulation behind leave, each by its source. Numbers an office sets itself are tested beside their functions. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wholeDays } from '#base/half-days.ts'
import { SEED_CONFIRMED_YEARS, SEED_DAYS } from '#platform/calendar/data/seed.ts'
import { dayTable } from '#platform/calendar/day-table.ts'
import { ABSENCE_STEPS, DISMISSAL } from './absence.ts'
import { annualBar, annualDays, annualGrants, annualPayOut, PERSONAL_DAYS_LIMIT } from './annual.ts'
import type { AnnualFacts } from './annual.ts'
import { leaveDays } from './days.ts'
import { birthDays, childYears, nursingMinutes, parentalDays } from './family.ts'
import { kindWith } from './kinds.ts'
import { carriable, closeYear, grant } from './ledger.ts'
import { sickPayPercent } from './sick-pay.ts'

const table = dayTable(SEED_DAYS, SEED_CONFIRMED_YEARS)
const note = { on: '2026-12-31', reason: '年终结转' }
const barred = (change: Partial<AnnualFacts>): number | null =>
  annualBar({ workedSince: '2020-01-01', year: 2026, vacationDays: 0, paidPersonalDays: 0, sickMonths: 0, taken: false, ...change })?.year ?? null
/** Ten days of 2025 carried into 2026, ten of 2026 itself. */
const carried = [grant(2025, 10, note), ...closeYear([grant(2025, 10, note)], 2025, 10, note), grant(2026, 10, note)]

const RULES: readonly (readonly [source: string, rule: string, got: unknown, due: unknown])[] = [
  ['职工带薪年休假条例 第三条', '满 1 年 5 天、满 10 年 10 天、满 20 年 15 天', ['2025-01-10', '2016-01-10', '2006-01-10', '2026-01-10'].map((since) => annualDays(since, '2026-06-01')), [5, 10, 15, 0]],
  ['机关事业单位工作人员带薪年休假实施办法 第二条', '满档次月起享受', ['2026-05-31', '2026-06-01'].map((date) => annualDays('2016-05-04', date)), [5, 10]],
  ['机关事业单位工作人员带薪年休假实施办法 第二条', '当年满档补足差额', annualGrants('2016-05-04', 2026), [{ on: '2026-01-01', days: 5 }, { on: '2026-06-01', days: 5 }]],
  ['职工带薪年休假条例 第三条', '法定休假日、休息日不计入年休假', leaveDays(kindWith('annual'), wholeDays('2026-09-28', '2026-10-09'), table), 5],
  ['职工带薪年休假条例 第四条（一）', '寒暑假天数多于年休假的不享受', barred({ vacationDays: 30 }), 2026],
  ['职工带薪年休假条例 第四条（二）', '事假累计 20 天以上且不扣工资的不享受', [barred({ paidPersonalDays: PERSONAL_DAYS_LIMIT - 0.5 }), barred({ paidPersonalDays: PERSONAL_DAYS_LIMIT })], [null, 2026]],
  ['职工带薪年休假条例 第四条（三）', '满 1 年不满 10 年，病假累计 2 个月以上的不享受', barred({ sickMonths: 2 }), 2026],
  ['职工带薪年休假条例 第四条（四）', '满 10 年不满 20 年，病假累计 3 个月以上的不享受', [2, 3].map((sickMonths) => barred({ workedSince: '2012-01-01', sickMonths })), [null, 2026]],
  ['职工带薪年休假条例 第四条（五）', '满 20 年以上，病假累计 4 个月以上的不享受', [3, 4].map((sickMonths) => barred({ workedSince: '2000-01-01', sickMonths })), [null, 2026]],
  ['机关事业单位工作人员带薪年休假实施办法', '当年已休的，下一年不享受', barred({ sickMonths: 2, taken: true }), 2027],
  ['职工带薪年休假条例 第五条', '可以跨 1 个年度安排，不得再跨', [carriable(carried, 2026), closeYear(carried, 2026, 20, note).find(({ type }) => type === 'expire')?.days], [10, -10]],
  ['职工带薪年休假条例 第五条', '因工作未休的按日工资 300% 支付，其中含正常工资', annualPayOut(1, 50_000), { total: 150_000, extra: 100_000 }],
  ['上海市人口与计划生育条例', '婚假：国家 3 天，增加 7 天', kindWith('marriage').limit, { per: 'event', days: 10 }],
  ['女职工劳动保护特别规定 第七条；上海市人口与计划生育条例', '产假 98 天，生育假 60 天', birthDays('normal', 1), 158],
  ['女职工劳动保护特别规定 第七条', '难产增加 15 天，多胞胎每多 1 个婴儿增加 15 天', [birthDays('difficult', 1), birthDays('normal', 3)], [173, 188]],
  ['女职工劳动保护特别规定 第七条', '流产：未满 4 个月 15 天，满 4 个月 42 天', [birthDays('early', 1), birthDays('late', 1)], [15, 42]],
  ['上海市人口与计划生育条例', '配偶陪产假 10 天', kindWith('companion').limit, { per: 'event', days: 10 }],
  ['上海市人口与计划生育条例', '育儿假：子女满三周岁前，每年 5 天', [childYears('2024-05-01').map(({ days }) => days), parentalDays(['2024-05-01'], '2027-05-01')], [[5, 5, 5], 0]],
  ['女职工劳动保护特别规定 第六条', '产前检查计入劳动时间', kindWith('prenatal').count, 'hours'],
  ['女职工劳动保护特别规定 第九条', '未满 1 周岁每天 1 小时哺乳时间，每多 1 个婴儿增加 1 小时', [nursingMinutes('2026-03-01', 1, '2026-12-01'), nursingMinutes('2026-03-01', 2, '2026-12-01'), nursingMinutes('2026-03-01', 1, '2027-03-01')], [60, 120, 0]],
  ['国务院关于工人退休、病假待遇的有关规定', '病假两个月以内工资照发', [1, 2].map((month) => sickPayPercent(month, 3)), [100, 100]],
  ['公务员法 第八十二条', '加班先给予补休，补休单独记账', [kindWith('compensatory').ledger, kindWith('compensatory').source], [true, '公务员法']],
  ['公务员法 第八十八条', '旷工或逾期不归连续超过 15 天，或一年累计超过 30 天，可以辞退', [DISMISSAL, ABSENCE_STEPS.at(-1)], [{ running: 15, year: 30 }, 15]],
]

for (const [source, rule, got, due] of RULES) test(`${source}：${rule}`, () => assert.deepEqual(got, due))
