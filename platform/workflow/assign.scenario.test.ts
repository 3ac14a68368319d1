/** Every rule that finds people, in the demonstration district on a real database. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { directoryOf } from '#apps/demonstration.ts'
import { services } from '#apps/services.ts'
import type { AssignRuleName } from '#kit/assign-rules.ts'
import { ASSIGN_RULES } from '#kit/assign-rules.ts'
import { Org } from '#platform/org/contract.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import { preparedDirectory, questionKey } from './core/context.ts'
import type { Question, Who } from './core/context.ts'
import { answer } from './server/directory.ts'
import { whoOfPost } from './server/people.ts'
import { proofModule, proofTable } from '#test/proof-module.ts'
import { testRuntime } from '#test/runtime.ts'
import type { TestRuntime } from '#test/runtime.ts'
import { unitId } from '#test/world/units.ts'
import { generate, personId, postOf } from '#test/world/world.ts'

let server: TestRuntime
const now = new Date('2026-11-25T02:03:00Z')
before(async () => {
  server = await testRuntime({ services: [proofTable, ...services], modules: [proofModule], clock: () => now })
  await server.runtime.command(null, (ctx) => ctx.use(Org).load(directoryOf(generate())))
  await sql`insert into workflow_duty (organisation_id, day, person_id) values (${unitId('office')}, '2026-11-25', ${personId('tangjianing')}), (${unitId('office')}, '2026-11-26', ${personId('hanxuemei')})`.execute(server.runtime.db)
})
after(() => server.close())

const whoIs = async (login: string): Promise<Who> => server.runtime.query(null, async (ctx) => whoOfPost((await ctx.use(Org).post(postOf(login))) ?? assert.fail(login)))
const record = (values: Readonly<Record<string, unknown>>): RuleRecord => ({
  id: personId('linxiaowen'), entity: 'proof_paper', number: null, title: '', state: 'open', values, createdBy: '', createdPost: '', unitId: '', organisationId: '', createdAt: now, version: 1, caseId: null,
})

async function find(by: Question['by'], login = 'linxiaowen', values: Readonly<Record<string, unknown>> = {}): Promise<string[]> {
  const question = { by, node: 'first', initiator: await whoIs(login), variables: {} }
  const found = await server.runtime.query(null, (ctx) => answer(ctx, record(values), question))
  assert.deepEqual(preparedDirectory(new Map([[questionKey(question), found]])).resolve(question), found)
  return found.map(({ who, evidence }) => `${who.name}：${evidence.replace('2026年11月25日时', '')}`)
}
const rule = (name: AssignRuleName, args: Readonly<Record<string, string | number | boolean>> = {}) => ({ kind: 'rule', name, with: args }) as const

const table: readonly [name: AssignRuleName, args: Readonly<Record<string, string | number | boolean>>, login: string, first: string, count: number][] = [
  ['org.head', {}, 'hanxuemei', '', 1],
  ['org.superior', {}, 'hexiangdong', '', 1],
  ['org.head-at', { at: 'above' }, 'linxiaowen', '陈立群：区政府主要负责人', 1],
  ['org.head-of-kind', { kind: '街道镇' }, 'shisongbai', '钱博研：新泾镇主要负责人', 1],
  ['org.heads-up', {}, 'linxiaowen', '', 2],
  ['org.overseer', {}, 'jiangheping', '', 1],
  ['org.contact-leader', {}, 'shisongbai', '', 1],
  ['org.chief', {}, 'jiangheping', '陆正旸：区应急局主要负责人', 1],
  ['org.deputies', {}, 'jiangheping', '许景行：区应急局班子副职', 3],
  ['org.acting-head', {}, 'jiangheping', '', 0],
  ['org.office-head', {}, 'jiangheping', '宋亦然：区应急局办公室主任', 1],
  ['org.role-in-unit', { role: 'department-head' }, 'hexiangdong', '何向东：', 1],
  ['org.role-in-organisation', { role: 'mail-clerk' }, 'jiangheping', '王㛃：区应急局收文员', 1],
  ['org.role-in-district', { role: 'ops' }, 'jiangheping', '杨瑞峰：全区运维工程师', 1],
  ['org.post', { post: postOf('caowenxi') }, 'jiangheping', '曹闻溪：现任指定岗位的人员', 1],
  ['org.post-titled', { title: '局长' }, 'jiangheping', '陆正旸：区应急局局长', 1],
  ['org.members', {}, 'hexiangdong', '何向东：', 3],
  ['org.rank', { rank: 'county-chief' }, 'jiangheping', '陆正旸：区应急局县处级正职以上人员', 1],
  ['org.liaison', {}, 'jiangheping', '王㛃：区应急局收文员', 1],
  ['org.duty', {}, 'linxiaowen', '唐佳凝：', 1],
]

test('every rule finds people of the district, with the reason as of the day', async () => {
  assert.deepEqual(Object.keys(ASSIGN_RULES).filter((name) => !table.some(([used]) => used === name)), [])
  const results = await Promise.all(table.map(async ([name, args, login]) => [name, await find(rule(name, args), login)] as const))
  const wrong = table.flatMap(([name, , , first, count], index) => {
    const found = results[index]?.[1] ?? []
    return (found[0] ?? '').startsWith(first) && (count === 0 ? found.length === 0 : found.length >= count) ? [] : [`${name}: ${found.join('、')}`]
  })
  assert.deepEqual(wrong, [])
})

test('people, posts and units of a form field', async () => {
  assert.deepEqual(await find({ kind: 'field', field: 'people' }, 'linxiaowen', { people: [personId('wangjie'), postOf('lida'), personId('nobody-here')] }), ['王㛃：表单中指定', '李龘：表单中指定'])
  assert.deepEqual(await find(rule('org.chief', { of: 'field:hosts' }), 'linxiaowen', { hosts: [unitId('emergency'), unitId('xinjing')] }), ['陆正旸：区应急局主要负责人', '钱博研：新泾镇主要负责人'])
  assert.deepEqual(await find(rule('org.liaison', { of: 'field:hosts' }), 'linxiaowen', { hosts: [unitId('emergency'), unitId('construction'), 'no id'] }), ['王㛃：区应急局收文员', '李龘：区建设管理委收文员'])
})

test('picked of many: by chance the same for one record, by load, in rotation', async () => {
  const of = await Promise.all(['wangjie', 'lida', 'zhangyan'].map(async (login) => ({ who: await whoIs(login), evidence: '收文员' })))
  const [first] = await find({ kind: 'among', how: 'random', n: 1, of })
  assert.deepEqual(await find({ kind: 'among', how: 'random', n: 1, of }), [first])
  assert.deepEqual(await find({ kind: 'among', how: 'least-loaded', n: 2, of }), ['王㛃：收文员，在办事项最少', '李龘：收文员，在办事项最少'])
  assert.deepEqual(await find({ kind: 'among', how: 'rotating', n: 1, of }), ['王㛃：收文员，按次序轮到'])
})

test('a contact leader and leaders in charge come from the oversight of the day', async () => {
  await sql`delete from org_oversight where unit_id = ${unitId('xinjing')}`.execute(server.runtime.db)
  assert.deepEqual(await find(rule('org.contact-leader'), 'qianboyan'), [])
})
