/** Complaint 8: the flow ends but the business record does not. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approval, call, field, flow, start } from '#kit/flow.ts'
import { OfficePaper, openOffice } from '#test/office.ts'

const booked = flow(OfficePaper, { apply: start('申请'), sign: approval('签发', { by: field('signers') }), book: call('登记', 'office.book') }, [['apply', 'sign'], ['sign', 'book'], ['book', 'end']], {
  states: { apply: 'draft', sign: 'open', end: 'done', 'end:reject': 'refused' },
})

test('the last act, what it sets off and the state of the record are one: all of it, or nothing', async () => {
  let fails = true
  const books: string[] = []
  const office = await openOffice(booked, {
    'office.book': async (_ctx, record) => {
      if (fails) throw new Error('the register is not there')
      books.push(record.id)
    },
  })
  try {
    const { id, caseId } = await office.handIn('hexiangdong')
    await assert.rejects(office.act('hexiangdong', caseId), /register/u)
    assert.deepEqual([await office.state(id), await office.holders(caseId, ['hexiangdong']), books], ['open', ['hexiangdong'], []])
    fails = false
    await office.act('hexiangdong', caseId)
    assert.deepEqual([await office.state(id), await office.holders(caseId, ['hexiangdong']), books], ['done', [], [id]])
    const refused = await office.handIn('hexiangdong')
    await office.act('hexiangdong', refused.caseId, { outcome: 'reject', opinion: '不同意' })
    assert.equal(await office.state(refused.id), 'refused')
  } finally {
    await office.close()
  }
})
