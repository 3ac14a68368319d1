import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { access } from '#kit/access.ts'
import { module } from '#kit/module.ts'
import type { DictionaryDefinition } from '#kit/module.ts'
import { openRuntime, testRuntime } from '#test/runtime.ts'
import type { TestRuntime } from '#test/runtime.ts'
import { Dictionary } from '../contract.ts'
import type { DictionaryTables } from './dictionary.ts'
import { service } from './index.ts'

const loaded = (entries: DictionaryDefinition['entries']) => [{
  definition: module({ id: 'leave', title: '请销假', icon: 'x', group: 'office', order: 1, access: access({}), dictionaries: [{ name: 'leave.kind', label: '假别', entries }] }), server: {},
}]
const annual = { code: 'annual', label: '年休假' }
const sick = { code: 'sick', label: '病假', note: '附证明' }

let it: TestRuntime
before(async () => {
  it = await testRuntime({ services: [service], modules: loaded([annual, sick]) })
})
after(() => it.close())

const labels = (withDisabled = false) => it.runtime.query(null, async (ctx) => (await ctx.use(Dictionary).entries('leave.kind', { withDisabled })).map(({ label }) => label))

test('the code\'s entries come with the start; the district\'s stand above them', async () => {
  assert.deepEqual(await labels(), ['年休假', '病假'])
  const own = { dictionary: 'leave.kind', layer: 'district', note: null, disabled: false, changed_at: new Date(), changed_by: randomUUID() }
  await it.runtime.command(null, (ctx) => ctx.db<DictionaryTables>().insertInto('dictionary_entry').values([
    { ...own, code: 'annual', label: '带薪年休假', position: 0 }, { ...own, code: 'study', label: '学习假', position: 1 }, { ...own, layer: randomUUID(), code: 'sick', label: '他单位的', position: 0 },
  ]).execute())
  assert.deepEqual(await labels(), ['带薪年休假', '病假', '学习假'])
})

test('what leaves the code stays readable for old records', async () => {
  const next = openRuntime(it.url, it.runtime.dataDir, { services: [service], modules: loaded([annual]) })
  await service.sync?.(next)
  await next.database.close()
  assert.deepEqual(await labels(), ['带薪年休假', '学习假'])
  assert.deepEqual(await labels(true), ['带薪年休假', '病假', '学习假'])
  assert.equal(await it.runtime.query(null, (ctx) => ctx.use(Dictionary).label('leave.kind', 'sick')), '病假')
  assert.equal(await it.runtime.query(null, (ctx) => ctx.use(Dictionary).label('leave.kind', 'unknown')), 'unknown')
})
