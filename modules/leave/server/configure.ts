import { Audit } from '#platform/audit/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { approvalRows } from '../api.ts'
import type { KindWire } from '../api.ts'
import { approvalProblems } from '../rules/approval.ts'
import type { ApprovalCase, ApprovalTable, Destination, RankBand, RecordOffice } from '../rules/approval.ts'
import { mayCount } from '../rules/kinds.ts'
import type { KindChange } from '../rules/kinds.ts'
import type { LeaveRules } from '../rules/settings.ts'
import { approverWords, bandWords, placeWords } from '../words.ts'
import { requireStaff } from './balances.ts'
import { approvalFor, chainOf } from './chain.ts'
import { homeOf } from './home.ts'
import { kindsOf } from './kinds.ts'
import { readSetting, saveSetting } from './settings.ts'

interface Versioned<T> {
  readonly value: T
  readonly version: number
}

/** All that an organisation may set, as it holds now. */
export async function readSettings(ctx: ServerContext): Promise<{ approval: Versioned<ApprovalTable>; rules: Versioned<LeaveRules>; kinds: Versioned<KindWire[]> }> {
  const { organisationId } = actorOf(ctx)
  const kinds = (await kindsOf(ctx, organisationId)).map(({ code, label, count, limit, ledger, proofAfter, source }) => ({ code, label, count, limit, ledger, proofAfter, source }))
  const { version } = await readSetting(ctx, organisationId, 'kinds')
  return { approval: await readSetting(ctx, organisationId, 'approval'), rules: await readSetting(ctx, organisationId, 'rules'), kinds: { value: kinds, version } }
}

const sentence = ({ band, days, destination }: ApprovalCase): string => `${bandWords[band]}请假 ${days} 天（${placeWords[destination]}）没有规则`

/** Says what is wrong with a table before anybody's leave finds out. */
function requireWhole(ctx: ServerContext, table: ApprovalTable): void {
  const { undecided, unreachable, unapproved } = approvalProblems(table)
  const problems = [
    ...unapproved.map((index) => `第 ${index + 1} 条没有审批人`),
    ...unreachable.map((index) => `第 ${index + 1} 条永远用不到，前面的规则已经覆盖`),
    ...undecided.slice(0, 3).map(sentence),
  ]
  if (problems.length > 0) ctx.fail('leave.approval.gaps', { problems: problems.join('；') })
}

const audit = (ctx: ServerContext, what: string, before: unknown, after: unknown): Promise<void> =>
  ctx.use(Audit).record({ action: `leave.save-${what}`, object: { type: 'leave_setting', id: actorOf(ctx).organisationId, title: what }, difference: { before, after } })

export async function saveApproval(ctx: ServerContext, table: ApprovalTable, version: number): Promise<void> {
  requireWhole(ctx, table)
  const before = await readSetting(ctx, actorOf(ctx).organisationId, 'approval')
  await saveSetting(ctx, 'approval', table, version)
  await audit(ctx, 'approval', before.value, table)
}

export async function saveRules(ctx: ServerContext, rules: LeaveRules, version: number): Promise<void> {
  const before = await readSetting(ctx, actorOf(ctx).organisationId, 'rules')
  await saveSetting(ctx, 'rules', rules, version)
  await audit(ctx, 'rules', before.value, rules)
}

export async function saveKind(ctx: ServerContext, code: string, change: KindChange | null, version: number): Promise<void> {
  const { value } = await readSetting(ctx, actorOf(ctx).organisationId, 'kinds')
  if (change?.count !== undefined && !mayCount(code, change.count)) ctx.fail('leave.kind.hours')
  const { [code]: before, ...others } = value
  await saveSetting(ctx, 'kinds', change === null ? others : { ...others, [code]: change }, version)
  await audit(ctx, 'kind', { code, change: before ?? null }, { code, change })
}

interface Question {
  readonly personId: string
  readonly days: number
  readonly destination: Destination
  /** A table as JSON, when the one on the page is not saved yet. */
  readonly rows?: string | undefined
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Who would approve, and by which row. */
export async function simulate(ctx: ServerContext, { personId, days, destination, rows }: Question): Promise<{ band: RankBand; row: number; people: { name: string; as: string }[]; record: RecordOffice[] }> {
  await requireStaff(ctx, personId)
  const given = rows === undefined ? undefined : approvalRows.safeParse(parsed(rows))
  if (given?.success === false) ctx.fail('leave.approval.gaps', { problems: given.error.issues.map(({ message }) => message).join('；') })
  const table = given?.data ?? (await readSetting(ctx, actorOf(ctx).organisationId, 'approval')).value
  const home = await homeOf(ctx, personId)
  const { band, row, why } = await approvalFor(ctx, home, days, destination, table)
  const people = (await chainOf(ctx, home, row, why)).map(({ name, as }) => ({ name, as: approverWords[as] }))
  return { band, row: table.indexOf(row), people, record: [...row.record] }
}
