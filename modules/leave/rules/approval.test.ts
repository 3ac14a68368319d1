import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Failure } from '#kit/failure.ts'
import { approvalOf, approvalProblems, bandOf, DEFAULT_APPROVAL } from './approval.ts'
import type { ApprovalCase } from './approval.ts'

test('who approves how many days for whom', () => {
  const rows: [ApprovalCase['band'], number, ApprovalCase['destination'], string[], string[]][] = [
    ['member', 0.5, 'local', ['department-head'], []],
    ['member', 1, 'outside', ['department-head'], []],
    ['member', 1.5, 'local', ['department-head', 'overseer'], []],
    ['member', 3, 'local', ['department-head', 'overseer'], []],
    ['member', 3.5, 'local', ['department-head', 'overseer', 'unit-head'], []],
    ['member', 1, 'abroad', ['department-head', 'overseer', 'unit-head'], ['organisation-department']],
    ['department-head', 3, 'local', ['overseer'], []],
    ['department-head', 4, 'local', ['overseer', 'unit-head'], []],
    ['deputy', 3, 'local', ['unit-head'], []],
    ['deputy', 3.5, 'local', ['unit-head'], ['organisation-department']],
    ['deputy', 1, 'outside', ['unit-head'], ['organisation-department']],
    ['head', 1, 'local', ['district-overseer', 'district-chief'], ['party-office', 'government-office', 'organisation-department']],
  ]
  for (const [band, days, destination, chain, record] of rows) {
    const decided = approvalOf(DEFAULT_APPROVAL, { band, days, destination })
    assert.deepEqual([decided.chain, decided.record], [chain, record], `${band} ${days} ${destination}`)
  }
})

test('the band follows the highest role', () => {
  assert.equal(bandOf(['clerk']), 'member')
  assert.equal(bandOf(['office-head', 'doc-secretary']), 'department-head')
  assert.equal(bandOf(['leader']), 'deputy')
  assert.equal(bandOf(['leader', 'unit-head']), 'head')
})

test('the default table decides every case', () => {
  assert.deepEqual(approvalProblems(DEFAULT_APPROVAL), { undecided: [], unreachable: [], unapproved: [] })
})

test('gaps, dead rows and rows without approver are shown before saving', () => {
  const [first] = DEFAULT_APPROVAL.slice(4)
  const { undecided, unreachable, unapproved } = approvalProblems([first!, { ...first!, upTo: 2 }, { bands: ['head'], upTo: 5, destinations: null, chain: [], record: [] }])
  assert.deepEqual(unreachable, [1])
  assert.deepEqual(unapproved, [2])
  assert.ok(undecided.some(({ band, days }) => band === 'head' && days === 5.5))
  assert.ok(undecided.every(({ band }) => band !== 'member'))
  assert.throws(() => approvalOf([first!], { band: 'head', days: 1, destination: 'local' }), (error) => error instanceof Failure && error.code === 'leave.approval.none')
})
