/** Complaint 8: the flow ends but the business record does not. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approval, call, field, flow, start } from '#kit/flow.ts'
import { OfficePaper, openOffice } from '#test/office.ts'
import { fireTimers } from '../server/timers.ts'

const booked = flow(OfficePaper, { apply: start('申请'), sign: approval('签发', { by: field('signers') }), book: call('登记', 'office.book') }, [['apply', 'sign'], ['sign', 'book'], ['book', 'end']], {
  states: { apply: 'draft', sign: 'open', end: 'done', 'end:reject': 'refused' },
})

test('the flow ends with what its last act sets off and the state of the record, all of it at once; until that works, the act stands and none of it is done', async () => {
  let fails = true
  let now = new Date('2026-09-01T02:00:00Z')
  const books: string[] = []
  const office = await openOffice(booked, {
    'office.book': async (_ctx, record) => {
      if (fails) throw new Error('the register is not there')
      books.push(record.id)
    },
  }, () => now)
  const later = async (): Promise<void> => {
    now = new Date(now.getTime() + 180_000)
    await fireTimers(office.runtime)
  }
  try {
    const { id, caseId } = await office.handIn('hexiangdong')
    await office.act('hexiangdong', caseId)
    await later()
    assert.deepEqual([await office.state(id), await office.holders(caseId, ['hexiangdong']), books], ['open', [], []])
    fails = false
    await later()
    assert.deepEqual([await office.state(id), await office.holders(caseId, ['hexiangdong']), books], ['done', [], [id]])
    const refused = await office.handIn('hexiangdong')
    await office.act('hexiangdong', refused.caseId, { outcome: 'reject', opinion: '不同意' })
    assert.equal(await office.state(refused.id), 'refused')
  } finally {
    await office.close()
  }
})
