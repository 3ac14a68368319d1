/** Complaint 10: history tables make done-lists slow. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { approval, field, flow, start } from '#kit/flow.ts'
import { listTodos } from '#platform/todo/server/list.ts'
import { statementsOf } from '#test/statements.ts'
import { OfficePaper, openOffice } from '#test/office.ts'

const plain = flow(OfficePaper, { apply: start('申请'), sign: approval('签发', { by: field('signers') }) }, [['apply', 'sign'], ['sign', 'end']])

test('boxes are read from their own lines in the order of an index, never from tasks or events', async () => {
  const office = await openOffice(plain)
  try {
    const { caseId } = await office.handIn('hexiangdong')
    await office.act('hexiangdong', caseId)
    const actor = await office.as('hexiangdong')
    for (const box of ['todo', 'done', 'mine', 'toread', 'read'] as const) {
      const texts = await statementsOf(() => office.runtime.query(actor, (ctx) => listTodos(ctx, { box, sort: '-at', limit: 20 })))
      assert.deepEqual(texts.filter((text) => /\bworkflow_/u.test(text)), [], box)
      assert.equal(texts.filter((text) => text.includes('todo_item')).length, 1)
    }
    await sql`insert into todo_item (id, person_id, box, entity, record_id, case_id, title, module_title, step_name, sender, at)
      select 'many-' || n, case when n % 2 = 0 then ${actor.personId}::uuid else gen_random_uuid() end, 'done', 'office_paper', gen_random_uuid(), gen_random_uuid(), '请示', '公文', '签发', '办公室', now() - n * interval '1 minute'
      from generate_series(1, 20000) n`.execute(office.runtime.db)
    await sql`analyze todo_item`.execute(office.runtime.db)
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain select * from todo_item where person_id = ${sql.lit(actor.personId)} and box = 'done' order by at desc, id desc limit 21`.execute(office.runtime.db)
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    assert.match(plan, /Index Scan using todo_item_list/u)
    assert.doesNotMatch(plan, /Sort|Seq Scan/u)
  } finally {
    await office.close()
  }
})
