/** Open limits follow the working calendar, on a real database. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { directoryOf } from '#apps/demonstration.ts'
import { services } from '#apps/services.ts'
import { Calendar } from '#platform/calendar/contract.ts'
import type { CalendarDay } from '#platform/calendar/day-table.ts'
import { deliverNext } from '#platform/events/server/deliver.ts'
import { Org } from '#platform/org/contract.ts'
import { Records } from '#platform/records/contract.ts'
import { proofModule, proofTable } from '#test/proof-module.ts'
import { testRuntime } from '#test/runtime.ts'
import type { TestRuntime } from '#test/runtime.ts'
import { accountId, generate, personId, postOf } from '#test/world/world.ts'

let server: TestRuntime
/** A Tuesday, 10:03 in Shanghai. */
const now = new Date('2026-09-01T02:03:00Z')
before(async () => {
  server = await testRuntime({ services: [proofTable, ...services], modules: [proofModule], clock: () => now })
  await server.runtime.command(null, (ctx) => ctx.use(Org).load(directoryOf(generate())))
})
after(() => server.close())

async function started(): Promise<string> {
  const post = (await server.runtime.query(null, (ctx) => ctx.use(Org).post(postOf('linxiaowen')))) ?? assert.fail('no post')
  const writer = {
    accountId: accountId('linxiaowen'), personId: post.personId, name: post.personName, postId: post.id, unitId: post.unitId, unitName: post.unitName,
    organisationId: post.organisationId, organisationName: post.organisationName, roles: [], sessionId: 'test',
  }
  const people = (...logins: string[]) => logins.map(personId)
  const values = { subject: '期限试验', head: personId('hexiangdong'), signers: people('zhugening'), side: personId('hanxuemei'), chain: people('wanglei'), until: '2026-12-01' }
  const { caseId } = await server.runtime.command(writer, (ctx) => ctx.use(Records).handIn('proof_paper', values))
  return caseId ?? assert.fail('no case')
}

/** The due time as the to-do line, the task and its timer have it, and when the reminder comes. */
async function limits(caseId: string): Promise<string[]> {
  const { rows } = await sql<{ at: Date }>`
    select due as at from todo_item where case_id = ${caseId} and box = 'todo'
    union all select to_timestamp((data->>'due')::double precision / 1000) from workflow_task where case_id = ${caseId}::uuid and status = 'open'
    union all select at from workflow_timer where case_id = ${caseId} and data->>'kind' = 'due'
    union all select at from workflow_timer where case_id = ${caseId} and data->>'kind' = 'remind'`.execute(server.runtime.db)
  return rows.map(({ at }) => at.toISOString())
}

async function change(edit: (days: readonly CalendarDay[]) => readonly CalendarDay[]): Promise<void> {
  await server.runtime.command(null, async (ctx) => ctx.use(Calendar).confirm(2026, edit(await ctx.use(Calendar).days(2026))))
  while (await deliverNext(server.runtime));
}

test('a day off moves the open limits by a day, a withdrawn one moves them back; a case that was suspended keeps its own', async () => {
  const caseId = await started()
  const other = await started()
  await sql`insert into workflow_event (case_id, seq, at, kind, data) values (${other}, 1000, ${now}, 'case.resumed', '{}')`.execute(server.runtime.db)
  const first = await limits(caseId)
  assert.deepEqual(first, ['2026-09-02T09:30:00.000Z', '2026-09-02T09:30:00.000Z', '2026-09-02T09:30:00.000Z', '2026-09-02T07:30:00.000Z'])
  await change((days) => [...days, { date: '2026-09-02', kind: 'rest', name: '临时放假', source: '试验', provisional: false }])
  assert.deepEqual(await limits(caseId), ['2026-09-03T09:30:00.000Z', '2026-09-03T09:30:00.000Z', '2026-09-03T09:30:00.000Z', '2026-09-03T07:30:00.000Z'])
  assert.deepEqual(await limits(other), first)
  const { rows } = await sql<{ case_id: string; step: string; from: string; to: string }>`
    select case_id, step, to_char(old_due at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') as from, to_char(new_due at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') as to from workflow_reschedule`.execute(server.runtime.db)
  assert.deepEqual(rows, [{ case_id: caseId, step: '审核', from: '09-02 17:30', to: '09-03 17:30' }])
  await change((days) => days.filter(({ date }) => date !== '2026-09-02'))
  assert.deepEqual(await limits(caseId), first)
})
