import { shanghaiDate } from '#base/civil-date.ts'
import { formatCivilDate } from '#base/civil-date.ts'
import type { Period } from '#kit/fields/period.ts'
import { Access } from '#platform/access/contract.ts'
import { Calendar } from '#platform/calendar/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import type { PersonHit } from '#platform/org/contract.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import { bandOf } from '../rules/approval.ts'
import { overlapping } from '../rules/days.ts'
import type { LeaveKind } from '../rules/kinds.ts'
import { daysByYear, halfDays, isWithin } from '../rules/period.ts'
import type { LeaveRules } from '../rules/settings.ts'
import { leaveWords } from '../words.ts'
import { requireBalance } from './balance-check.ts'
import { filledOf } from './days.ts'
import { grantOf } from './grants.ts'
import { homeOf, rolesIn } from './home.ts'
import { kindOf } from './kinds.ts'
import { lockPerson, requestsOf, requestsOfAll, TAKING } from './requests.ts'
import { readSetting } from './settings.ts'

type Values = Readonly<Record<string, unknown>>

/** One request about to be handed in, with all that its rules ask about. */
export interface Case {
  readonly id: string
  readonly home: PersonHit
  readonly kind: LeaveKind
  readonly rules: LeaveRules
  readonly period: Period
  /** What was filled in besides. */
  readonly values: Values
  /** Days by calendar year; their sum is the length. */
  readonly parts: readonly { readonly year: number; readonly days: number }[]
  readonly days: number
}

const HOURS_AS_DAYS = 0

async function caseOf(ctx: ServerContext, values: Values, record: RuleRecord): Promise<Case> {
  const { personId, kind: code, period } = filledOf(values) ?? ctx.fail('records.invalid')
  const home = await homeOf(ctx, personId)
  const kind = await kindOf(ctx, home.organisationId, code)
  const { value: rules } = await readSetting(ctx, home.organisationId, 'rules')
  const parts = kind.count === 'hours' ? [] : daysByYear(kind, period, await ctx.use(Calendar).table())
  return { id: record.id, home, kind, rules, period, values, parts, days: parts.reduce((sum, part) => sum + part.days, HOURS_AS_DAYS) }
}

/** Not before today, but for 补假 some working days later; leading cadres report a trip ahead. Personnel officers register what is longer ago. */
async function requireInTime(ctx: ServerContext, { period, rules, kind, home }: Case, record: RuleRecord): Promise<void> {
  const today = shanghaiDate(ctx.now)
  if (period.start >= today || record.createdBy !== home.personId) return
  const ahead = kind.code === 'trip' && ['deputy', 'head'].includes(bandOf(await rolesIn(ctx, home.id)))
  const earliest = ahead ? today : await ctx.use(Calendar).addWorkingDays(today, -rules.lateWorkdays)
  if (period.start < earliest) ctx.fail('leave.period.past', { earliest: formatCivilDate(earliest), days: ahead ? 0 : rules.lateWorkdays })
}

async function requireFree(ctx: ServerContext, { id, home, period }: Case): Promise<void> {
  const others = await requestsOf(ctx, home.personId, period.start, period.end)
  const [other] = overlapping(home.personId, halfDays(period), others.map((one) => ({ id: one.id, personId: one.personId, period: halfDays(one.period) })), id)
  if (other === undefined) return
  const { number, period: taken } = others.find((one) => one.id === other.id) ?? ctx.fail('records.missing')
  ctx.fail('leave.period.overlap', { number, from: formatCivilDate(taken.start), to: formatCivilDate(taken.end) })
}

async function requireStandIn(ctx: ServerContext, { days, rules, home }: Case, { standIn }: Values): Promise<void> {
  if (days > rules.standInAfter && typeof standIn !== 'string') ctx.fail('leave.stand-in.missing', { days: rules.standInAfter })
  if (standIn === home.personId) ctx.fail('leave.stand-in.self')
}

/** A stand-in who is away herself stands in for nobody. */
async function requireStandInThere(ctx: ServerContext, { period }: Case, { standIn }: Values): Promise<void> {
  if (typeof standIn !== 'string') return
  const away = await requestsOf(ctx, standIn, period.start, period.end, ['approved', 'away', 'to-report'])
  if (overlapping(standIn, halfDays(period), away.map((one) => ({ ...one, period: halfDays(one.period) }))).length === 0) return
  ctx.fail('leave.stand-in.away', { name: (await ctx.use(Org).names([standIn]))[standIn] ?? leaveWords.standIn })
}

function requireProof(ctx: ServerContext, { kind, days }: Case, { proof }: Values): void {
  const attached = Array.isArray(proof) && proof.length > 0
  if (kind.proofAfter !== null && days > kind.proofAfter && !attached) ctx.fail(kind.proofAfter === 0 ? 'leave.proof.missing' : 'leave.proof.long', { kind: kind.label, days: kind.proofAfter })
}

/** A/B 角: the head of an organisation and the first deputy are not away together. */
async function requireOneThere(ctx: ServerContext, { home, period, rules }: Case): Promise<void> {
  if (rules.pair === 'allow') return
  const heads = await ctx.use(Org).holders('unit-head', home.organisationId)
  const [deputy] = (await ctx.use(Org).holders('leader', home.organisationId)).filter(({ personId }) => heads.every((head) => head.personId !== personId))
  const pair = [...heads.slice(0, 1), ...(deputy === undefined ? [] : [deputy])]
  if (!pair.some(({ personId }) => personId === home.personId)) return
  const partners = pair.filter(({ personId }) => personId !== home.personId)
  const away = await requestsOfAll(ctx, partners.map(({ personId }) => personId), period.start, period.end, TAKING)
  const found = away.find((one) => overlapping(one.personId, halfDays(period), [{ ...one, period: halfDays(one.period) }]).length > 0)
  if (found !== undefined) ctx.fail('leave.pair.away', { name: partners.find(({ personId }) => personId === found.personId)?.personName ?? '' })
}

/** Everything that must hold when a request is handed in, the plain mistakes first. */
async function requireValid(ctx: ServerContext, values: Values, record: RuleRecord): Promise<void> {
  const one = await caseOf(ctx, values, record)
  await lockPerson(ctx, one.home.personId)
  if (one.home.personId !== record.createdBy && !(await ctx.use(Access).may('leave.personnel'))) ctx.fail('leave.applicant.other')
  if (one.kind.code === 'trip' && values['place'] === 'local') ctx.fail('leave.trip.local')
  if (one.days === 0 && one.kind.count !== 'hours') ctx.fail('leave.days.none')
  await requireInTime(ctx, one, record)
  await requireFree(ctx, one)
  await requireStandIn(ctx, one, values)
  await requireStandInThere(ctx, one, values)
  await requireBalance(ctx, one)
  requireProof(ctx, one, values)
  await requireOneThere(ctx, one)
}

/** A draft may be anything; handing in and reporting back may not. */
export async function checkRequest(ctx: ServerContext, values: Values, record: RuleRecord | null, starting: boolean): Promise<void> {
  if (record === null) return
  if (starting) return requireValid(ctx, values, record)
  const approved = record.state === 'to-report' ? await grantOf(ctx, record.id) : undefined
  if (approved !== undefined && !isWithin(approved.period, values['period'] as Period)) ctx.fail('leave.report.longer')
}
