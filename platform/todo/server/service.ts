import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { deferred } from '#platform/db/server/deferred.ts'
import type { Write } from '#platform/db/server/deferred.ts'
import { Notify } from '#platform/notify/contract.ts'
import type { TodoItem, TodoService } from '../contract.ts'
import { rowOf, URGENCIES } from './table.ts'
import type { TodoTables } from './table.ts'

const CAP = 1000

/** Writes the last state of all lines. */
function writeOf(_ctx: ServerContext, items: readonly TodoItem[]): Write {
  const last = new Map(items.map((item) => [item.id, item]))
  const rows = JSON.stringify([...last.values()].map(rowOf))
  return { insert: sql`
    insert into todo_item select * from jsonb_populate_recordset(null::todo_item, ${rows}::jsonb)
    on conflict (id) do update set (person_id, box, title, step_name, sender, urgency, at, due, whereabouts, batch, revision, agency)
      = (excluded.person_id, excluded.box, excluded.title, excluded.step_name, excluded.sender, excluded.urgency, excluded.at, excluded.due, excluded.whereabouts,
         excluded.batch, excluded.revision, excluded.agency)` }
}

/** Lines are written when their command ends, together with those of its other steps and cases. */
export const lines = deferred(writeOf)

async function put(ctx: ServerContext, items: readonly TodoItem[]): Promise<void> {
  await lines.add(ctx, items)
  await ctx.use(Notify).poke(items.map(({ personId }) => personId), 'todo')
}

async function drop(ctx: ServerContext, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await lines.flush(ctx)
  const gone = await ctx.db<TodoTables>().deleteFrom('todo_item').where('id', 'in', [...ids]).returning('person_id').execute()
  await ctx.use(Notify).poke([...new Set(gone.map(({ person_id }) => person_id))], 'todo')
}

/** Open lines of a person, each count capped at 1,000. */
async function counts(ctx: ServerContext, personId: string): Promise<{ todo: number; toread: number }> {
  await lines.flush(ctx)
  const count = (box: string) => sql`(select count(*)::int from (select 1 from todo_item where person_id = ${personId} and box = ${box} limit ${CAP}) open)`
  const { rows } = await sql<{ todo: number; toread: number }>`select ${count('todo')} as todo, ${count('toread')} as toread`.execute(ctx.db())
  return rows[0] ?? { todo: 0, toread: 0 }
}

export const todoService = (ctx: ServerContext): TodoService => ({
  put: (items) => put(ctx, items),
  drop: (ids) => drop(ctx, ids),
  counts: (personId) => counts(ctx, personId),
  async retitle(entity, recordId, title, urgency) {
    await lines.flush(ctx)
    await ctx.db<TodoTables>().updateTable('todo_item').set({ title, urgency: URGENCIES.indexOf(urgency) }).where('entity', '=', entity).where('record_id', '=', recordId).execute()
  },
})
