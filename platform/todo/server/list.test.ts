import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { services } from '#apps/services.ts'
import type { Actor } from '#kit/context.ts'
import { testRuntime } from '#test/runtime.ts'
import type { TestRuntime } from '#test/runtime.ts'
import { Todo } from '../contract.ts'
import type { TodoItem } from '../contract.ts'
import { listTodos } from './list.ts'
import type { TodoQuery } from './list.ts'

const me = randomUUID()
const actor: Actor = {
  accountId: me, personId: me, name: '甲', postId: randomUUID(), unitId: randomUUID(), unitName: '办公室', organisationId: randomUUID(), organisationName: '区政府办', roles: [], sessionId: 'test',
}
const NOW = new Date('2026-11-25T02:00:00Z')
const day = (n: number): Date => new Date(NOW.getTime() + n * 86_400_000)

const line = (id: string, due: number | null, more: Partial<TodoItem> = {}): TodoItem => ({
  id, personId: me, box: 'todo', entity: 'leave_request', recordId: randomUUID(), caseId: randomUUID(), title: id, moduleTitle: '请休假', stepName: '审批', from: '林晓雯', urgency: 'normal',
  at: NOW, due: due === null ? null : day(due), where: null, batch: false, revision: 1, ...more,
})

let it: TestRuntime
before(async () => {
  it = await testRuntime({ services, clock: () => NOW })
  await it.runtime.command(null, (ctx) => ctx.use(Todo).put([
    line('none b', null), line('none a', null), line('later', 9), line('late', -2), line('soon', 0.1), line('same a', 3), line('same b', 3),
    line('done', -5, { box: 'done', at: day(-1) }), line('done late', -9, { box: 'done', at: day(-2) }), line('other', -3, { personId: randomUUID() }),
  ]))
})
after(() => it.close())

const ask = (query: Partial<TodoQuery>) => it.runtime.query(actor, (ctx) => listTodos(ctx, { box: 'todo', sort: 'due', limit: 20, ...query }))
const ids = async (query: Partial<TodoQuery>): Promise<string[]> => (await ask(query)).items.map(({ id }) => id)

test('by due date: the soonest first, those without one last, page by page without a gap', async () => {
  const all = ['late', 'soon', 'same a', 'same b', 'later', 'none a', 'none b']
  assert.deepEqual(await ids({}), all)
  const paged: string[] = []
  for (let after: string | undefined, more = true; more;) {
    const { items, next } = await ask({ limit: 2, after })
    paged.push(...items.map(({ id }) => id))
    after = next ?? undefined
    more = next !== null
  }
  assert.deepEqual(paged, all)
})

test('what is due by a day leaves out lines without a due date', async () => {
  assert.deepEqual(await ids({ due: 'overdue' }), ['late'])
  assert.deepEqual(await ids({ due: 'today' }), ['late', 'soon'])
  assert.deepEqual((await ids({ due: 'week', sort: '-at' })).toSorted(), ['late', 'same a', 'same b', 'soon'])
})

test('boxes of what is over have no order by due date: the newest come first', async () => {
  assert.deepEqual(await ids({ box: 'done' }), ['done', 'done late'])
})

test('a page by due date is read in the order of the index', async () => {
  await sql`
    insert into todo_item (id, person_id, box, entity, record_id, case_id, title, module_title, step_name, sender, at, due)
    select 'many-' || n, ${me}::uuid, 'toread', 'leave_request', gen_random_uuid(), gen_random_uuid(), 'many', '', '', '', now(), case when n % 2 = 0 then now() + n * interval '1 hour' end
    from generate_series(1, 5000) n`.execute(it.runtime.db)
  await sql`analyze todo_item`.execute(it.runtime.db)
  const plans: string[] = []
  for (const rest of [sql``, sql`and (coalesce(due, '9999-12-31 00:00:00+00'::timestamptz), id) > (now() + interval '9 days', 'many-1')`]) {
    const { rows } = await sql<Record<'QUERY PLAN', string>>`explain select * from todo_item where person_id = ${me} and box = ${'toread'} ${rest}
      order by coalesce(due, '9999-12-31 00:00:00+00'::timestamptz), id limit 20`.execute(it.runtime.db)
    plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'))
  }
  for (const plan of plans) assert.ok(plan.includes('todo_item_due') && !plan.includes('Sort'), plan)
})
