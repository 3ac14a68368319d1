/** Complaint 7: optimistic-lock errors when several people finish at once. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approval, field, flow, start } from '#kit/flow.ts'
import { Failure } from '#kit/failure.ts'
import { Workflow } from '#platform/workflow/contract.ts'
import { OfficePaper, openOffice } from '#test/office.ts'

const SIGNERS = ['hexiangdong', 'zhugening', 'guyuncheng', 'hanxuemei', 'wanglei', 'zhoumuyuan'] as const
const signing = flow(OfficePaper, { apply: start('申请'), joint: approval('会签', { by: field('signers'), decide: 'all' }) }, [['apply', 'joint'], ['joint', 'end']], {
  may: ['withdraw', 'return', 'add', 'copy', 'urge'], states: { apply: 'draft', joint: 'open', end: 'done', 'end:reject': 'refused' },
})

test('everybody signs in the same moment, each twice, while others are sent copies: no error of the database reaches anybody', async () => {
  const office = await openOffice(signing)
  try {
    const { id, caseId } = await office.handIn(...SIGNERS)
    const writer = await office.as('linxiaowen')
    const { postId } = await office.as('linxiaowen')
    const inform = () => office.runtime.command(writer, (ctx) => ctx.use(Workflow).inform(caseId, [postId]))
    const parts = await Promise.all(SIGNERS.map(async (login) => {
      const actor = await office.as(login)
      const { taskIds: [key = ''], revisions } = await office.runtime.query(actor, (ctx) => ctx.use(Workflow).rights(caseId))
      return { actor, key, revision: revisions[key] ?? -1 }
    }))
    const sign = ({ actor, key, revision }: (typeof parts)[number]) => office.runtime.command(actor, (ctx) => ctx.use(Workflow).act(key, { operation: 'complete', outcome: 'approve', revision }))
    const results = await Promise.allSettled([...parts.map(sign), inform(), ...parts.map(sign), inform()])
    const refused = results.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
    assert.equal(refused.length, SIGNERS.length, 'one of the two clicks of each')
    for (const reason of refused) assert.ok(reason instanceof Failure && reason.code === 'workflow.task.done', String(reason))
    assert.equal(await office.state(id), 'done')
  } finally {
    await office.close()
  }
})
