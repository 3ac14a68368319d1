/** Pages of the to-do centre of one busy person, with every order and filter the pages offer, among the lines of 10,000 people. */
import { sql } from 'kysely'
import type { Actor } from '#kit/context.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { Todo } from '#platform/todo/contract.ts'
import { listTodos } from '#platform/todo/server/list.ts'
import type { TodoQuery } from '#platform/todo/server/list.ts'
import { hammer, percentiles } from '../harness.ts'

const ROUNDS = 200
const PEOPLE = 10_000
/** Of ten lines one is the busy person's. */
const SHARE = 10

export interface Size {
  readonly done: number
  readonly open: number
}

/** All indexes but the key are made anew after the rows: several times faster. */
async function fill({ db }: Runtime, { personId: owner }: Actor, { done, open }: Size): Promise<void> {
  const { rows } = await sql<{ name: string; definition: string }>`
    select indexname as name, indexdef as definition from pg_indexes where tablename = 'todo_item' and indexname <> 'todo_item_pkey'`.execute(db)
  for (const { name } of rows) await sql`drop index ${sql.ref(name)}`.execute(db)
  await sql`
    insert into todo_item (id, person_id, box, entity, record_id, case_id, title, module_title, step_name, sender, urgency, at, due)
    select 'bench-' || n, case when n % ${sql.lit(SHARE)} = 0 then ${owner}::uuid else md5('p' || n % ${sql.lit(PEOPLE)})::uuid end,
      case when n <= ${sql.lit(open)} then 'todo' else 'done' end, case when n % 3 = 0 then 'bench_paper' else 'leave_request' end, md5('r' || n)::uuid, md5('c' || n)::uuid,
      '关于防汛工作的请示 ' || n, '压测', '审核', '区政府办 何向东', case when n % 1000 = 0 then 2 when n % 30 = 0 then 1 else 0 end, timestamptz '2020-01-01' + n * interval '40 seconds',
      case when n <= ${sql.lit(open)} and n % 20 = 0 then timestamptz '2026-06-01' + n * interval '2 minutes' end
    from generate_series(1, ${sql.lit(open + done)}) n`.execute(db)
  for (const { definition } of rows) await sql.raw(definition).execute(db)
  await sql`vacuum analyze todo_item`.execute(db)
}

type Page = Partial<TodoQuery>

const PAGES: Readonly<Record<string, Page>> = {
  '待办: first page': {},
  '待办: by due': { sort: 'due' },
  '待办: overdue': { due: 'overdue' },
  '待办: overdue, by due': { due: 'overdue', sort: 'due' },
  '待办: due today': { due: 'today' },
  '待办: due this week, by due': { due: 'week', sort: 'due' },
  '待办: urgent': { urgency: 'urgent' },
  '待办: most urgent': { urgency: 'most-urgent' },
  '待办: of one application': { entity: 'bench_paper' },
  '待办: of an application without any': { entity: 'nothing' },
  '待办: search': { search: '防汛' },
  '待办: search, one line': { search: '请示 500' },
  '待办: search, nothing': { search: '没有这件' },
  '已办: first page': { box: 'done' },
  '已办: of one application': { box: 'done', entity: 'bench_paper' },
  '已办: of an application without any': { box: 'done', entity: 'nothing' },
  '已办: most urgent': { box: 'done', urgency: 'most-urgent' },
  '已办: search': { box: 'done', search: '防汛' },
  '已办: search, nothing': { box: 'done', search: '没有这件' },
  '我发起: first page, empty': { box: 'mine' },
}

export async function boxes(runtime: Runtime, actor: Actor, size: Size): Promise<object[]> {
  await fill(runtime, actor, size)
  const page = (query: Page) => runtime.query(actor, (ctx) => listTodos(ctx, { box: 'todo', sort: '-at', limit: 20, ...query }))
  const nextOf = async (query: Page): Promise<Page> => ({ ...query, after: (await page({ ...query, limit: 100 })).next ?? undefined })
  const pages: Readonly<Record<string, Page>> = {
    ...PAGES, '待办: by due, after row 100': await nextOf({ sort: 'due' }), '已办: after row 100': await nextOf({ box: 'done' }),
  }
  const rows: object[] = []
  const measure = async (name: string, run: () => Promise<unknown>): Promise<void> => {
    await run()
    const { times } = await hammer(ROUNDS, 1, async () => void (await run()))
    rows.push({ name, ...percentiles(times) })
  }
  for (const [name, query] of Object.entries(pages)) await measure(name, () => page(query))
  await measure('counts', () => runtime.query(actor, (ctx) => ctx.use(Todo).counts(actor.personId)))
  return rows
}
