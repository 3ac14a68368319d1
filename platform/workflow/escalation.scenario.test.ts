/** 超期升级 on a real database and the working calendar: the superior is told, gets a copy, gets the task. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { directoryOf } from '#apps/demonstration.ts'
import { services } from '#apps/services.ts'
import { approval, field, flow, start, task, workdays } from '#kit/flow.ts'
import { Org } from '#platform/org/contract.ts'
import { Records } from '#platform/records/contract.ts'
import { proofModule, proofTable } from '#test/proof-module.ts'
import { testRuntime } from '#test/runtime.ts'
import type { TestRuntime } from '#test/runtime.ts'
import { accountId, generate, personId, postOf } from '#test/world/world.ts'
import { fireTimers } from './server/timers.ts'

const [Paper] = proofModule.definition.entities
const escalating = flow(Paper ?? assert.fail('no entity'), {
  apply: start('申请'),
  first: approval('审核', { by: field('head'), due: workdays(1), escalate: [{ after: workdays(1), does: 'tell' }, { after: workdays(2), does: 'copy', to: field('side') }, { after: workdays(3), does: 'give' }] }),
  last: task('归档', { by: field('side') }),
}, [['apply', 'first'], ['first', 'last'], ['last', 'end']], { title: '升级试验', may: ['return'] })
const module = { ...proofModule, definition: { ...proofModule.definition, flows: [escalating] } }

let server: TestRuntime
/** A Tuesday, 10:03 in Shanghai. */
let now = new Date('2026-09-01T02:03:00Z')
before(async () => {
  server = await testRuntime({ services: [proofTable, ...services], modules: [module], clock: () => now })
  await server.runtime.command(null, (ctx) => ctx.use(Org).load(directoryOf(generate())))
})
after(() => server.close())

const notices = async (login: string): Promise<string[]> =>
  (await sql<{ text: string }>`select text from notify_notice where person_id = ${personId(login)} and kind in ('urge', 'reading', 'todo') order by created_at, text`.execute(server.runtime.db)).rows.map(({ text }) => text)
const lines = async (): Promise<string[]> => (await sql<{ person_id: string; box: string }>`select person_id, box from todo_item where box in ('todo', 'toread') order by box, person_id`.execute(server.runtime.db)).rows.map(({ person_id: id, box }) => `${box} ${id}`)

test('after one working day the superior is told, after two another one gets a copy, after three the superior has the task', async () => {
  const post = (await server.runtime.query(null, (ctx) => ctx.use(Org).post(postOf('jiangheping')))) ?? assert.fail('no post')
  const writer = {
    accountId: accountId('jiangheping'), personId: post.personId, name: post.personName, postId: post.id, unitId: post.unitId, unitName: post.unitName,
    organisationId: post.organisationId, organisationName: post.organisationName, roles: [], sessionId: 'test',
  }
  const people = (login: string) => [personId(login)]
  const values = { subject: '超期试验', head: personId('wangjie'), signers: people('wangjie'), side: personId('panyueming'), chain: people('wangjie'), until: '2026-12-01' }
  const { caseId } = await server.runtime.command(writer, (ctx) => ctx.use(Records).handIn('proof_paper', values))
  for (const [moment, expected] of [
    ['2026-09-02T10:00:00Z', [`todo ${personId('wangjie')}`]], ['2026-09-03T10:00:00Z', [`todo ${personId('wangjie')}`]],
    ['2026-09-04T10:00:00Z', [`todo ${personId('wangjie')}`, `toread ${personId('panyueming')}`]], ['2026-09-07T10:00:00Z', [`todo ${personId('songyiran')}`, `toread ${personId('panyueming')}`]],
  ] as const) {
    now = new Date(moment)
    await fireTimers(server.runtime)
    assert.deepEqual(await lines(), expected, moment)
  }
  assert.deepEqual(await notices('songyiran'), ['王㛃办理的“审核”已超期，请宋亦然督促', '请办理'])
  assert.deepEqual(await notices('panyueming'), ['王㛃办理的“审核”已超期，抄送潘岳茗'])
  const { rows } = await sql<{ evidence: string }>`select data->>'evidence' as evidence from workflow_actor where case_id = ${caseId} and person_id = ${personId('songyiran')}`.execute(server.runtime.db)
  assert.deepEqual(rows.map(({ evidence }) => evidence), ['王㛃超期未办，升级至2026年9月7日时办公室负责人'])
})
