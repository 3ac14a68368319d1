import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AssignRuleName } from '#kit/assign-rules.ts'
import { ASSIGN_RULES, ruleProblems } from '#kit/assign-rules.ts'
import type { Post, Unit } from '#platform/org/contract.ts'
import { findByRule } from './find.ts'
import type { Args, Place } from './place.ts'

/** 区政府 → 区建管委 → (领导班子, 综合科 → 一组, 无人科); 区统计局 is led by a deputy. */
const units: readonly Unit[] = ([
  ['district', null, '区', '政府', true], ['gov', 'district', '区政府', '政府', true], ['bureau', 'gov', '区建管委', '政府', true], ['leaders', 'bureau', '领导班子', '内设机构', false],
  ['general', 'bureau', '综合科', '内设机构', false], ['group', 'general', '一组', '内设机构', false], ['empty', 'bureau', '无人科', '内设机构', false], ['town', 'district', '新泾镇', '街道镇', true],
] as const).map(([id, parentId, name, kind, isOrganisation]) => ({ id, parentId, name, shortName: name, kind, isOrganisation, organisationId: isOrganisation ? id : 'bureau', docCode: null, order: 0 }))
const unitOf = new Map(units.map((unit) => [unit.id, unit]))
const lineage = (id: string): Unit[] => {
  const unit = unitOf.get(id)
  return unit === undefined ? [] : [unit, ...(unit.parentId === null ? [] : lineage(unit.parentId))]
}

const post = (name: string, unitId: string, more: Partial<Post> = {}): Post => ({
  id: `${name}-post`, personId: name, personName: name, unitId, unitName: unitOf.get(unitId)?.name ?? '', organisationId: unitOf.get(unitId)?.organisationId ?? '', title: '科员', kind: '主职', level: 50, main: true, ...more,
})
const posts = [
  post('区长', 'gov', { level: 20 }), post('副区长', 'gov', { level: 25 }), post('主任', 'leaders', { level: 30, title: '主任' }), post('副主任', 'leaders', { level: 35, title: '副主任' }),
  post('科长', 'general', { level: 40, title: '综合科科长' }), post('科员甲', 'general'), post('组员', 'group', { kind: '主持工作' }), post('散员', 'empty'), post('收文员', 'general'), post('镇长', 'town', { level: 30 }), post('联络员', 'town'),
]
const roles: Readonly<Record<string, readonly (readonly [unit: string, person: string])[]>> = {
  'unit-head': [['gov', '区长'], ['bureau', '主任'], ['town', '镇长']], 'department-head': [['general', '科长']], leader: [['bureau', '主任'], ['bureau', '副主任']],
  'mail-clerk': [['bureau', '收文员']], liaison: [['town', '联络员']], 'office-head': [['bureau', '科长']], clerk: [['general', '科员甲'], ['empty', '散员']],
}
const charge: Readonly<Record<string, readonly string[]>> = { '分管 general': ['副主任'], '分管 bureau': ['副区长'], '联系 bureau': ['区长'] }
const named = (names: readonly string[]): Post[] => names.flatMap((name) => posts.find((one) => one.personId === name) ?? [])
const within = (unit: string, root: string): boolean => lineage(unit).some(({ id }) => id === root)

/** A small organisation in tables, answering what the real one answers. */
const place: Place = {
  unit: async (id) => unitOf.get(id),
  lineage: async (id) => lineage(id),
  holders: async (role, unit, { below = false } = {}) => named((roles[role] ?? []).filter(([at]) => (below ? within(at, unit) : at === unit)).map(([, name]) => name)),
  overseers: async (unit, relation = '分管') => named(charge[`${relation} ${unit}`] ?? []),
  members: async (unit, { below = false } = {}) => posts.filter(({ unitId }) => (below ? within(unitId, unit) : unitId === unit)),
  postsById: async (ids) => new Map(posts.filter(({ id }) => ids.includes(id)).map((one) => [one.id, one])),
  mainPosts: async (ids) => new Map(posts.filter(({ personId }) => ids.includes(personId)).map((one) => [one.personId, one])),
  onDuty: async (organisation) => (organisation === 'bureau' ? named(['科员甲']) : []),
}

const who = (name: string) => named([name]).map(({ id, personId, unitId }) => ({ person: personId, post: id, unit: unitId, name }))[0] ?? assert.fail(name)
async function find(name: AssignRuleName, args: Args = {}, by = '科员甲', more: { subjects?: readonly string[]; values?: Record<string, unknown> } = {}): Promise<string[]> {
  assert.deepEqual(ruleProblems(name, args), [])
  const found = await findByRule(place, { name, args, initiator: who(by), subjects: more.subjects?.map(who), values: more.values ?? {}, today: '2026年11月25日' })
  return found.map((one) => `${one.who.name}：${one.evidence.replace('2026年11月25日时', '')}`)
}

const table: readonly [name: AssignRuleName, args: Args, by: string, expected: readonly string[]][] = [
  ['org.head', {}, '科员甲', ['科长：综合科负责人']],
  ['org.head', {}, '组员', ['科长：综合科负责人']],
  ['org.head', {}, '散员', ['主任：区建管委主要负责人']],
  ['org.head', { up: 1 }, '科员甲', ['主任：区建管委主要负责人']],
  ['org.head', { up: 2 }, '科员甲', ['区长：区政府主要负责人']],
  ['org.head', { up: 9 }, '科员甲', []],
  ['org.superior', {}, '科员甲', ['科长：综合科负责人']],
  ['org.superior', {}, '科长', ['副主任：分管综合科的领导']],
  ['org.superior', {}, '副主任', ['主任：区建管委主要负责人']],
  ['org.superior', {}, '主任', ['副区长：分管区建管委的领导']],
  ['org.superior', {}, '区长', []],
  ['org.head-at', { at: 'department' }, '组员', ['科长：综合科负责人']],
  ['org.head-at', { at: 'department' }, '散员', []],
  ['org.head-at', { at: 'organisation' }, '组员', ['主任：区建管委主要负责人']],
  ['org.head-at', { at: 'above' }, '组员', ['区长：区政府主要负责人']],
  ['org.head-of-kind', { kind: '政府' }, '组员', ['主任：区建管委主要负责人']],
  ['org.head-of-kind', { kind: '政协' }, '组员', []],
  ['org.heads-up', {}, '组员', ['科长：综合科负责人', '主任：区建管委主要负责人']],
  ['org.heads-up', {}, '科长', ['主任：区建管委主要负责人']],
  ['org.heads-up', { most: 1 }, '组员', ['科长：综合科负责人']],
  ['org.overseer', {}, '组员', ['副主任：分管综合科的领导']],
  ['org.overseer', {}, '散员', ['副区长：分管区建管委的领导']],
  ['org.contact-leader', {}, '组员', ['区长：联系区建管委的领导']],
  ['org.chief', {}, '组员', ['主任：区建管委主要负责人']],
  ['org.deputies', {}, '组员', ['副主任：区建管委班子副职']],
  ['org.acting-head', {}, '科员甲', ['组员：区建管委主持工作的负责人']],
  ['org.acting-head', {}, '镇长', []],
  ['org.office-head', {}, '组员', ['科长：区建管委办公室主任']],
  ['org.role-in-unit', { role: 'clerk' }, '科员甲', ['科员甲：综合科经办人']],
  ['org.role-in-organisation', { role: 'clerk' }, '科长', ['科员甲：区建管委经办人', '散员：区建管委经办人']],
  ['org.role-in-district', { role: 'unit-head' }, '科长', ['区长：全区单位主要负责人', '主任：全区单位主要负责人', '镇长：全区单位主要负责人']],
  ['org.post', { post: '副主任-post' }, '科长', ['副主任：现任指定岗位的人员']],
  ['org.post', { post: 'gone' }, '科长', []],
  ['org.post-titled', { title: '副主任' }, '科长', ['副主任：区建管委副主任']],
  ['org.members', {}, '科长', ['科长：综合科人员', '科员甲：综合科人员', '收文员：综合科人员']],
  ['org.members', { below: true }, '科长', ['科长：综合科人员', '科员甲：综合科人员', '组员：综合科人员', '收文员：综合科人员']],
  ['org.rank', { rank: 'county-deputy' }, '科长', ['主任：区建管委县处级副职以上人员', '副主任：区建管委县处级副职以上人员']],
  ['org.liaison', {}, '镇长', ['联络员：新泾镇联络员']],
  ['org.liaison', {}, '科长', ['收文员：区建管委收文员']],
  ['org.liaison', {}, '区长', []],
  ['org.duty', {}, '科长', ['科员甲：区建管委值班人员']],
]

for (const [name, args, by, expected] of table) {
  test(`${name} ${JSON.stringify(args)} from ${by}`, async () => assert.deepEqual(await find(name, args, by), expected))
}

test('every rule stands in the table', () => {
  assert.ok(Object.keys(ASSIGN_RULES).length >= 20)
  assert.deepEqual(Object.keys(ASSIGN_RULES).filter((name) => !table.some(([used]) => used === name)), [])
})

test('from whom a rule looks: a former doer, people and units of the form, a fixed unit; nobody is found twice', async () => {
  assert.deepEqual(await find('org.superior', { of: 'previous' }, '科员甲', { subjects: ['副主任'] }), ['主任：区建管委主要负责人'])
  assert.deepEqual(await find('org.superior', { of: 'previous' }, '科员甲', { subjects: [] }), [])
  assert.deepEqual(await find('org.chief', { of: 'field:hosts' }, '科员甲', { values: { hosts: ['bureau', 'town', 'gone'] } }), ['主任：区建管委主要负责人', '镇长：新泾镇主要负责人'])
  assert.deepEqual(await find('org.head', { of: 'field:keeper' }, '镇长', { values: { keeper: '组员' } }), ['科长：综合科负责人'])
  assert.deepEqual(await find('org.chief', { of: 'unit:town' }), ['镇长：新泾镇主要负责人'])
  assert.deepEqual(await find('org.chief', { of: 'field:people' }, '镇长', { values: { people: ['科长', '组员'] } }), ['主任：区建管委主要负责人'])
  assert.deepEqual(await find('org.head', { of: 'field:none' }), [])
})

test('wrong arguments are told by name', () => {
  assert.deepEqual(ruleProblems('org.nothing', {}), ['没有“org.nothing”这一办理人规则'])
  assert.deepEqual(ruleProblems('org.post', {}), ['规则“指定岗位”缺少参数“岗位”（post）'])
  assert.deepEqual(ruleProblems('org.head', { up: '一', floor: 1 }), ['规则“所在部门负责人”没有参数“floor”', '规则“所在部门负责人”的参数“再向上几级”（up）有误'])
  assert.deepEqual(ruleProblems('org.head', { of: 'somebody' }), ['规则“所在部门负责人”的参数“相对于谁”（of）有误'])
  assert.deepEqual(ruleProblems('org.head-at', { at: 'roof' }), ['规则“指定层级的负责人”的参数“层级”（at）有误'])
  assert.deepEqual(ruleProblems('leave.chain', { anything: 1 }), [])
})
