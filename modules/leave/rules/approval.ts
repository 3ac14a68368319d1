import { fail } from '#kit/failure.ts'

/** Who applies: an ordinary member, the head of an inner department, a deputy (处级副职) or the head of an organisation (单位正职). */
export type RankBand = 'member' | 'department-head' | 'deputy' | 'head'
export type Destination = 'local' | 'outside' | 'abroad'
/** 科室负责人, 分管领导, 单位主要领导, 分管区领导, 区长或书记. */
export type Approver = 'department-head' | 'overseer' | 'unit-head' | 'district-overseer' | 'district-chief'
/** Offices that are told (报备). */
export type RecordOffice = 'party-office' | 'government-office' | 'organisation-department'

/** A row of the editable table. The first row that fits decides. */
export interface ApprovalRow {
  readonly bands: readonly RankBand[]
  /** Fits up to so many days; null fits any length. */
  readonly upTo: number | null
  /** Fits these destinations; null fits any. */
  readonly destinations: readonly Destination[] | null
  readonly chain: readonly Approver[]
  readonly record: readonly RecordOffice[]
}

export type ApprovalTable = readonly ApprovalRow[]

const row = (bands: readonly RankBand[], upTo: number | null, destinations: readonly Destination[] | null, chain: readonly Approver[], record: readonly RecordOffice[] = []): ApprovalRow => ({
  bands, upTo, destinations, chain, record,
})

/** What a new installation starts with: customary in the district, each office edits it. */
export const DEFAULT_APPROVAL: ApprovalTable = [
  row(['member'], null, ['abroad'], ['department-head', 'overseer', 'unit-head'], ['organisation-department']),
  row(['department-head'], null, ['abroad'], ['overseer', 'unit-head'], ['organisation-department']),
  row(['member'], 1, null, ['department-head']),
  row(['member'], 3, null, ['department-head', 'overseer']),
  row(['member'], null, null, ['department-head', 'overseer', 'unit-head']),
  row(['department-head'], 3, null, ['overseer']),
  row(['department-head'], null, null, ['overseer', 'unit-head']),
  row(['deputy'], 3, ['local'], ['unit-head']),
  row(['deputy'], null, null, ['unit-head'], ['organisation-department']),
  row(['head'], null, null, ['district-overseer', 'district-chief'], ['party-office', 'government-office', 'organisation-department']),
]

export interface ApprovalCase {
  readonly band: RankBand
  readonly days: number
  readonly destination: Destination
}

const fits = ({ bands, upTo, destinations }: ApprovalRow, { band, days, destination }: ApprovalCase): boolean =>
  bands.includes(band) && (upTo === null || days <= upTo) && (destinations === null || destinations.includes(destination))

/** Who approves and who is told: also the answer of the simulation «who approves X days for Y». Fails with `leave.approval.none`. */
export const approvalOf = (table: ApprovalTable, request: ApprovalCase): ApprovalRow => table.find((candidate) => fits(candidate, request)) ?? fail('leave.approval.none', { ...request })

/** The band of a post: the head of an organisation, a member of its leadership, the head of a department, or none of these. */
export const bandOf = (roles: readonly string[]): RankBand =>
  roles.includes('unit-head') ? 'head' : roles.includes('leader') ? 'deputy' : roles.includes('department-head') || roles.includes('office-head') ? 'department-head' : 'member'

const BANDS: readonly RankBand[] = ['member', 'department-head', 'deputy', 'head']
const DESTINATIONS: readonly Destination[] = ['local', 'outside', 'abroad']

/** Cases no row decides; rows (by place) that never decide because an earlier one takes all their cases; rows without an approver. */
export interface ApprovalProblems {
  readonly undecided: readonly ApprovalCase[]
  readonly unreachable: readonly number[]
  readonly unapproved: readonly number[]
}

/** Checks a table before it is saved, on every length at which a row begins or ends. */
export function approvalProblems(table: ApprovalTable): ApprovalProblems {
  const lengths = [0.5, ...table.flatMap(({ upTo }) => (upTo === null ? [] : [upTo, upTo + 0.5])), 366]
  const cases = BANDS.flatMap((band) => DESTINATIONS.flatMap((destination) => lengths.map((days): ApprovalCase => ({ band, destination, days }))))
  const deciding = cases.map((request) => table.findIndex((candidate) => fits(candidate, request)))
  const reached = new Set(deciding)
  return {
    undecided: cases.filter((_, index) => deciding[index] === -1),
    unreachable: table.flatMap((_, index) => (reached.has(index) ? [] : [index])),
    unapproved: table.flatMap(({ chain }, index) => (chain.length === 0 ? [index] : [])),
  }
}
