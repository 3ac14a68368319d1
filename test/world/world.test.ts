import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parentsFirst } from '#base/tree.ts'
import { isCivilDate } from '#base/civil-date.ts'
import { isUuid } from '#base/ids.ts'
import { isSocialCreditCode } from '#base/social-credit-code.ts'
import { findSuspects } from '#base/text.ts'
import type { RoleId } from '#kit/access.ts'
import { DUTY_RANKS, GRADE_RANKS } from '#platform/org/data/ranks.ts'
import { CAST } from './cast.ts'
import { FULL_KEYS, LEADING_KEYS, ORGANISATIONS } from './organisations.ts'
import { SLOTS } from './staffing.ts'
import { unitId, UNITS } from './units.ts'
import { generate, personId, postId, postOf } from './world.ts'

const world = generate()
const membersOf = (prefix: string) => SLOTS.filter(({ unitKey }) => unitKey.startsWith(`${prefix}/`))
const rolesIn = (organisation: string): Set<RoleId> => {
  const ids = new Set(UNITS.filter(({ key }) => key === organisation || key.startsWith(`${organisation}/`)).map(({ id }) => id))
  return new Set(world.roles.filter((grant) => ids.has(grant.unitId)).map(({ role }) => role))
}
const unique = (values: readonly unknown[]) => assert.equal(new Set(values).size, values.length)

test('the district has ten sub-districts and towns and all its offices', () => {
  assert.equal(ORGANISATIONS.filter(({ kind }) => kind === '街道镇').length, 10)
  assert.ok(ORGANISATIONS.length >= 70)
  const office = UNITS.find(({ key }) => key === 'office')
  assert.deepEqual([office?.name, office?.shortName, office?.docCode], ['上海市长宁区人民政府办公室', '区政府办公室', '长府办'])
  assert.equal(UNITS.find(({ key }) => key === 'police')?.name, '上海市公安局长宁分局')
  assert.equal(UNITS.find(({ key }) => key === 'discipline')?.name, '中共上海市长宁区纪律检查委员会')
})

test('units form a tree in display order, with codes that check', () => {
  unique(UNITS.map(({ id }) => id))
  unique(UNITS.flatMap(({ docCode }) => docCode ?? []))
  unique(UNITS.flatMap(({ code }) => code ?? []))
  unique(ORGANISATIONS.map(({ shortName }) => shortName))
  const ids = new Set(UNITS.map(({ id }) => id))
  assert.ok(UNITS.every(({ parentId }) => parentId === null || ids.has(parentId)))
  assert.equal(parentsFirst(UNITS.map(({ id, parentId }) => ({ id, parent: parentId }))).length, UNITS.length)
  assert.ok(UNITS.every(({ code }) => code === null || isSocialCreditCode(code)))
  assert.ok(UNITS.filter(({ isOrganisation }) => !isOrganisation).every(({ parentId, organisationId }) => parentId === organisationId))
})

test('people, accounts and posts fit together', () => {
  assert.ok(world.people.length > 300 && world.people.length < 600, String(world.people.length))
  unique(world.people.map(({ id }) => id))
  unique(world.people.map(({ phone }) => phone))
  unique(world.accounts.map(({ login }) => login))
  unique(world.memberships.map(({ id }) => id))
  const people = new Set(world.people.map(({ id }) => id))
  const units = new Set(UNITS.map(({ id }) => id))
  for (const { personId: holder, unitId: unit } of [...world.memberships, ...world.roles, ...world.oversight]) assert.ok(people.has(holder) && units.has(unit))
  assert.ok(world.people.every(({ id, phone, workedSince }) => isUuid(id) && /^169\d{8}$/.test(phone) && isCivilDate(workedSince)))
  assert.ok(world.accounts.every(({ login }) => /^[a-z]+\d*$/.test(login)))
  const mains = world.memberships.filter(({ main }) => main)
  assert.equal(mains.length, world.people.length)
})

test('every rank is in the dictionaries', () => {
  const codes = new Set([...DUTY_RANKS, ...GRADE_RANKS].map(({ code }) => code))
  for (const { dutyRank, gradeRank } of world.memberships) assert.ok([dutyRank, gradeRank].every((code) => code === null || codes.has(code)))
})

test('every organisation can send and receive documents', () => {
  const needed: RoleId[] = ['unit-head', 'leader', 'office-head', 'department-head', 'doc-secretary', 'doc-registrar', 'mail-clerk', 'clerk', 'personnel', 'department-admin']
  for (const { key } of ORGANISATIONS.filter(({ key }) => !LEADING_KEYS.has(key))) {
    const missing = needed.filter((role) => !rolesIn(key).has(role))
    assert.deepEqual(missing, [], key)
    assert.ok(membersOf(key).some((slot) => /\/deputy-\d$/.test(slot.key)), `${key} has a deputy`)
  }
  for (const { key } of ORGANISATIONS) {
    assert.equal(world.roles.filter(({ role, unitId: unit }) => role === 'unit-head' && unit === unitId(key)).length, 1, `one head of ${key}`)
  }
})

test('in the full organisations each role of a document is in another hand', () => {
  for (const key of FULL_KEYS) {
    const hands = (['unit-head', 'office-head', 'doc-secretary', 'doc-registrar', 'mail-clerk'] as const).map((role) => world.roles.find((grant) => grant.role === role && grant.unitId === unitId(key))?.personId)
    unique(hands)
  }
})

test('deputies are in charge of each department and organisation', () => {
  const overseen = new Set(world.oversight.filter(({ relation }) => relation === '分管').map(({ unitId: unit }) => unit))
  for (const unit of UNITS.filter(({ key }) => key.startsWith('emergency/') && !key.endsWith('leaders'))) assert.ok(overseen.has(unit.id), unit.key)
  for (const key of ['office', 'emergency', 'hongqiao', 'organisation']) assert.ok(overseen.has(unitId(key)), key)
  assert.equal(world.oversight.filter(({ relation }) => relation === '联系').length, 10)
})

test('the cast is there, with names that make trouble', () => {
  const byLogin = new Map(world.accounts.map(({ login, personId: holder }) => [login, world.people.find(({ id }) => id === holder)]))
  for (const { login, name, slot } of CAST) {
    assert.equal(byLogin.get(login)?.name, name, login)
    assert.equal(postOf(login), postId(slot))
    assert.ok(world.memberships.some(({ id, personId: holder }) => id === postId(slot) && holder === personId(login)), slot)
  }
  const names = world.people.map(({ name }) => name)
  assert.ok(names.filter((name) => name === '王磊').length >= 3)
  for (const rare of ['㛃', '𠮷', '龘', '䶮']) assert.ok(names.some((name) => name.includes(rare)), rare)
  for (const surname of ['欧阳', '诸葛', '司徒', '上官']) assert.ok(names.some((name) => name.startsWith(surname)), surname)
  assert.ok(names.every((name) => findSuspects(name).length === 0))
})

test('the three administrators have no other role', () => {
  for (const [login, role] of [['sysadmin', 'system-admin'], ['secadmin', 'security-admin'], ['auditor', 'auditor']] as const) {
    assert.deepEqual(world.roles.filter((grant) => grant.personId === personId(login)).map((grant) => grant.role), [role])
  }
})

test('all kinds of posts occur, and several posts a person', () => {
  assert.deepEqual([...new Set(world.memberships.map(({ kind }) => kind))].sort(), ['主职', '主持工作', '借调', '兼任', '挂职'].sort())
  assert.equal(world.memberships.filter(({ personId: holder }) => holder === personId('sutingyun')).length, 2)
})

test('larger worlds keep the basic one', () => {
  const large = generate(10_000)
  assert.equal(large.people.length, 10_000)
  assert.deepEqual(large.people.slice(0, world.people.length), world.people)
  assert.deepEqual(large.accounts.slice(0, world.people.length), world.accounts)
  unique(large.accounts.map(({ login }) => login))
  unique(large.people.map(({ id }) => id))
  assert.deepEqual(generate(10_000), large)
  const heads = large.roles.filter(({ role }) => role === 'department-head').map(({ unitId: unit }) => unit)
  unique(heads)
  assert.ok(UNITS.filter(({ isOrganisation, key }) => !isOrganisation && !key.endsWith('/leaders')).every(({ id }) => heads.includes(id)))
})
