import type { Period } from '#kit/fields/period.ts'
import { Access } from '#platform/access/contract.ts'
import { Calendar } from '#platform/calendar/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Notify } from '#platform/notify/contract.ts'
import { Org } from '#platform/org/contract.ts'
import { Records } from '#platform/records/contract.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import { proposalLink, Workflow } from '#platform/workflow/contract.ts'
import { LEAVE_ENDED, LEAVE_GRANTED } from '../events.ts'
import type { LeaveChanged } from '../events.ts'
import type { Destination, RecordOffice } from '../rules/approval.ts'
import { giveBack, useByYear } from '../rules/ledger.ts'
import type { LedgerEntry } from '../rules/ledger.ts'
import { continues, daysByYear } from '../rules/period.ts'
import { ledgerWords, noticeWords, officeNames } from '../words.ts'
import { book, noteOf } from './accounts.ts'
import type { Account } from './accounts.ts'
import { approvalFor, lengthOf } from './chain.ts'
import { writeGrant } from './grants.ts'
import { homeOf } from './home.ts'
import { kindOf } from './kinds.ts'
import { requestsOf } from './requests.ts'

type Part = ReturnType<typeof daysByYear>[number]

async function accountOf(ctx: ServerContext, { values }: RuleRecord): Promise<{ account: Account; parts: Part[]; ledger: boolean }> {
  const { personId, organisationId } = await homeOf(ctx, String(values['applicant']))
  const kind = await kindOf(ctx, organisationId, String(values['kind']))
  const parts = kind.ledger ? daysByYear(kind, values['period'] as Period, await ctx.use(Calendar).table()) : []
  return { account: { organisationId, personId, kind: kind.code }, parts, ledger: kind.ledger }
}

const changedOf = ({ id, values }: RuleRecord): LeaveChanged => ({ requestId: id, personId: String(values['applicant']), period: values['period'] as Period })

/** The leave this one goes on from needs no report of its own any more. */
async function continueEarlier(ctx: ServerContext, record: RuleRecord): Promise<void> {
  const period = record.values['period'] as Period
  const table = await ctx.use(Calendar).table()
  const open = await requestsOf(ctx, String(record.values['applicant']), '0001-01-01', period.start, ['approved', 'away'])
  const earlier = open.find((one) => one.id !== record.id && one.period.end <= period.start && continues(one.period, period, table))
  if (earlier === undefined || earlier.caseId === null) return
  await ctx.use(Records).set(record.entity, earlier.id, { values: {} })
  await ctx.use(Workflow).refresh(earlier.caseId)
}

/** The mail clerks and personnel officers of the offices that are told (报备) see the request from now on. */
async function tellOffices(ctx: ServerContext, record: RuleRecord, offices: readonly RecordOffice[]): Promise<void> {
  for (const office of offices) {
    const [unit] = await ctx.use(Org).searchUnits(officeNames[office], { organisationsOnly: true, limit: 1 })
    if (unit === undefined) continue
    const found = await Promise.all(['mail-clerk', 'personnel'].map((role) => ctx.use(Org).holders(role, unit.id)))
    const people = [...new Set(found.flat().map(({ personId }) => personId))]
    await ctx.use(Access).show(record.entity, record.id, record.createdAt, people.map((id) => `p:${id}`))
    await ctx.use(Notify).tell(people, { kind: 'reading', title: record.title, text: noticeWords.recorded, link: `/app/${record.entity}/${record.id}` })
  }
}

/** The applicant may let the stand-in do what arrives meanwhile: she only has to confirm it. */
async function proposeDelegation(ctx: ServerContext, { title, values }: RuleRecord, standIn: string): Promise<void> {
  const post = (await ctx.use(Org).mainPosts([standIn])).get(standIn)
  if (post === undefined) return
  const { start, end } = values['period'] as Period
  const link = proposalLink({ delegate: post.id, name: post.personName, from: start, to: end, reason: title })
  await ctx.use(Notify).tell([String(values['applicant'])], { kind: 'system', title, text: noticeWords.delegate(post.personName), link })
}

/** `leave.grant`: the days are taken from the account, and whoever must know is told. */
export async function grantLeave(ctx: ServerContext, record: RuleRecord): Promise<void> {
  const { account, parts, ledger } = await accountOf(ctx, record)
  const note = { ...noteOf(ctx, ledgerWords.use(record.number ?? '')), request: record.id }
  if (ledger) await book(ctx, account, (entries) => useByYear(entries, parts, note))
  await writeGrant(ctx, record)
  await continueEarlier(ctx, record)
  const home = await homeOf(ctx, account.personId)
  const { row } = await approvalFor(ctx, home, lengthOf(record), record.values['place'] as Destination)
  await tellOffices(ctx, record, row.record)
  const standIn = record.values['standIn']
  if (typeof standIn === 'string') {
    await ctx.use(Notify).tell([standIn], { kind: 'reading', title: record.title, text: noticeWords.standIn, link: `/app/${record.entity}/${record.id}` })
    await proposeDelegation(ctx, record, standIn)
  }
  ctx.emit({ type: LEAVE_GRANTED, data: changedOf(record), key: `${record.entity}:${record.id}` })
}

/** Days a request holds in a year's account. */
const held = (entries: readonly LedgerEntry[], request: string, year: number): number => -entries.filter((one) => one.request === request && one.year === year).reduce((sum, { days }) => sum + days, 0)

/** Gives back what a request holds beyond `parts`; none gives all back. */
async function giveBackBeyond(ctx: ServerContext, record: RuleRecord, parts: readonly Part[], reason: string): Promise<void> {
  const { account } = await accountOf(ctx, record)
  await book(ctx, account, (entries) => {
    const years = [...new Set(entries.filter(({ request }) => request === record.id).map(({ year }) => year))]
    return years.flatMap((year) => {
      const back = held(entries, record.id, year) - (parts.find((part) => part.year === year)?.days ?? 0)
      return back > 0 ? [giveBack(entries, year, back, { ...noteOf(ctx, reason), request: record.id })] : []
    })
  })
}

/** `leave.settle`: after the report, days not taken go back into the account. */
export async function settleLeave(ctx: ServerContext, record: RuleRecord): Promise<void> {
  const { parts, ledger } = await accountOf(ctx, record)
  if (ledger) await giveBackBeyond(ctx, record, parts, ledgerWords.giveBack(record.number ?? ''))
  ctx.emit({ type: LEAVE_ENDED, data: changedOf(record), key: `${record.entity}:${record.id}` })
}

/** `leave.abort`: a request that has not begun gives its days back; one that has begun ends by its report only. */
export async function abortLeave(ctx: ServerContext, record: RuleRecord): Promise<void> {
  if (record.state === 'away' || record.state === 'to-report') ctx.fail('leave.cancel.state')
  await giveBackBeyond(ctx, record, [], ledgerWords.cancel(record.number ?? ''))
  ctx.emit({ type: LEAVE_ENDED, data: changedOf(record), key: `${record.entity}:${record.id}` })
}

/** Applicant and stand-in see the request, whoever wrote it. */
export const shareRequest = async (_ctx: ServerContext, { values }: RuleRecord): Promise<readonly string[]> =>
  [values['applicant'], values['standIn']].filter((id): id is string => typeof id === 'string').map((id) => `p:${id}`)
