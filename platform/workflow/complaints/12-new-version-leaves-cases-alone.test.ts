/** Complaint 12: publishing a new model damages running or finished cases. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approval, field, flow, start } from '#kit/flow.ts'
import { caseDiagram } from '../server/diagram.ts'
import { readCase } from '../server/store.ts'
import { timelineOf } from '../server/timeline.ts'
import { OfficePaper, openOffice, type Office } from '#test/office.ts'

const states = { apply: 'draft', check: 'open', end: 'done' }
const first = flow(OfficePaper, {
  apply: start('申请'), check: approval('审核', { by: field('signers'), decide: 'in-turn' }), sign: approval('签发', { by: field('signers'), decide: 'any' }),
}, [['apply', 'check'], ['check', 'sign'], ['sign', 'end']], { states })
/** 审核 is another step now, and 签发 is gone. */
const second = flow(OfficePaper, { apply: start('申请'), examine: approval('审查', { by: field('signers') }) }, [['apply', 'examine'], ['examine', 'end']], { states })

const drawn = (office: Office, caseId: string) => office.runtime.query(null, async (ctx) => (await caseDiagram(ctx, caseId)).nodes.map(({ name }) => name))
const told = (office: Office, caseId: string) => office.runtime.query(null, async (ctx) => (await timelineOf(ctx, caseId)).entries.map(({ step }) => step))

test('a running case goes on by the model it started with, a finished one is shown by it; new ones take the new', async () => {
  const before = await openOffice(first)
  try {
    const finished = await before.handIn('hexiangdong')
    for (const _ of ['check', 'sign']) await before.act('hexiangdong', finished.caseId)
    const running = await before.handIn('hexiangdong', 'zhugening')
    await before.act('hexiangdong', running.caseId)
    const [picture, story] = [await drawn(before, finished.caseId), await told(before, finished.caseId)]
    const after = await before.published(second)
    try {
      assert.deepEqual([await drawn(after, finished.caseId), await told(after, finished.caseId)], [picture, story])
      assert.deepEqual(await after.holders(running.caseId, ['hexiangdong', 'zhugening']), ['zhugening'])
      await after.act('zhugening', running.caseId)
      await after.act('hexiangdong', running.caseId)
      assert.equal(await after.state(running.id), 'done')
      const fresh = await after.handIn('hexiangdong')
      assert.deepEqual(await drawn(after, fresh.caseId).then((names) => [names.includes('审查'), names.includes('签发')]), [true, false])
      const pinned = await Promise.all([running, fresh].map(({ caseId }) => after.runtime.query(null, (ctx) => readCase(ctx, caseId))))
      assert.notEqual(pinned[0]?.state.case.ir, pinned[1]?.state.case.ir)
    } finally {
      await after.close()
    }
  } finally {
    await before.close()
  }
})
