import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { actorAs, loadWorld } from '#apps/demonstration.ts'
import { services } from '#apps/services.ts'
import { testRuntime } from '#test/runtime.ts'
import type { TestRuntime } from '#test/runtime.ts'
import { generate } from '#test/world/world.ts'
import { definition } from './module.ts'
import { seed } from './seed.ts'
import { STORIES } from './seed/stories.ts'
import { server } from './server/index.ts'

let now = new Date('2026-11-24T13:00:00Z')
const opened: TestRuntime[] = []
async function seeded(at: string): Promise<Record<string, number>> {
  now = new Date(at)
  const it = await testRuntime({ services, modules: [{ definition, server }], clock: () => now })
  opened.push(it)
  await loadWorld(it.runtime, generate(), 'Changning-Test-2026')
  await seed(it.runtime, (login) => actorAs(it.runtime, login))
  const { rows } = await sql<{ state: string; n: number }>`select state, count(*)::int as n from leave_request group by state`.execute(it.runtime.db)
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]))
}
let plain: Record<string, number> = {}
before(async () => void (plain = await seeded('2026-11-24T13:00:00Z')))
after(() => Promise.all(opened.map((it) => it.close())))

test('every story comes to where it should be', () => {
  assert.deepEqual(plain, { done: 8, 'to-report': 2, away: 3, approved: 1, rejected: 1, running: 6 })
  assert.equal(Object.values(plain).reduce((sum, n) => sum + n, 0), STORIES.length)
})

test('those who decide have something to decide', async () => {
  const { rows } = await sql<{ name: string }>`
    select p.name from workflow_actor a join org_person p on p.id = a.person_id join workflow_case c on c.id = a.case_id
    where c.entity = 'leave_request' and a.status = 'open'`.execute(opened[0]?.runtime.db ?? assert.fail('no database'))
  const names = new Set(rows.map(({ name }) => name))
  for (const name of ['何向东', '周牧原', '陆正旸', '施松佰']) assert.ok(names.has(name), `${name} among ${[...names].join(' ')}`)
})

test('on a holiday, and before a year whose holidays are not known, it loads what can be', async () => {
  const weekend = await seeded('2026-10-03T02:00:00Z')
  assert.ok((weekend['done'] ?? 0) > 4, JSON.stringify(weekend))
  const late = await seeded('2026-12-30T02:00:00Z')
  assert.ok((late['done'] ?? 0) > 4, JSON.stringify(late))
  assert.deepEqual(await seeded('2027-03-02T02:00:00Z'), {})
})
