import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { SCOPES } from '#kit/access.ts'
import { compile, roleTable, widest } from './compile.ts'
import { ownerPrincipals, scopePrincipals, sharedPrincipals } from './principals.ts'

const home = { unitId: 'office', organisationId: 'bureau' }
const table = roleTable([
  ['leave', { apply: { everyone: 'own' }, view: { everyone: 'own', 'department-head': 'unit-and-below', personnel: 'organisation', leader: 'district' } }],
  ['audit', { read: { auditor: 'district' } }],
])

test('everyone’s permissions are measured from the acting post, those of roles from their unit', () => {
  const compiled = compile(table, home, [{ role: 'department-head', unitId: 'roads', organisationId: 'construction' }])
  assert.deepEqual(compiled.get('leave.view'), [{ scope: 'own', ...home }, { scope: 'unit-and-below', unitId: 'roads', organisationId: 'construction' }])
  assert.equal(widest(compiled.get('leave.view') ?? []), 'unit-and-below')
  assert.equal(compiled.get('audit.read'), undefined)
})

test('none of the three administrations holds a business permission', () => {
  for (const role of ['system-admin', 'security-admin', 'auditor']) {
    const compiled = compile(table, home, [{ role, ...home }, { role: 'leader', ...home }])
    assert.ok([...compiled.keys()].every((permission) => !permission.startsWith('leave.')), role)
  }
})

test('an unknown role gives nothing', () => {
  assert.deepEqual([...compile(table, home, [{ role: '__proto__', ...home }]).keys()], ['leave.apply', 'leave.view'])
})

test('the widest scope wins, whatever the order', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...SCOPES), { minLength: 1 }), (scopes) => {
    const best = widest(scopes.map((scope) => ({ scope, ...home })))
    assert.equal(best, SCOPES[Math.max(...scopes.map((scope) => SCOPES.indexOf(scope)))])
  }))
  assert.equal(widest([]), null)
})

const lineage = [{ id: 'office', organisationId: 'bureau' }, { id: 'bureau', organisationId: 'bureau' }, { id: 'district', organisationId: 'district' }]

test('a scope reaches a record exactly when it should', () => {
  const record = new Set(ownerPrincipals(lineage))
  const reaches = (scope: (typeof SCOPES)[number], unitId: string, organisationId: string): boolean =>
    scopePrincipals([{ scope, unitId, organisationId }], 'district').some((principal) => record.has(principal))
  assert.equal(reaches('own', 'office', 'bureau'), false)
  assert.equal(reaches('participant', 'office', 'bureau'), false)
  assert.equal(reaches('unit', 'office', 'bureau'), true)
  assert.equal(reaches('unit', 'bureau', 'bureau'), false)
  assert.equal(reaches('unit-and-below', 'bureau', 'bureau'), true)
  assert.equal(reaches('unit-and-below', 'other', 'bureau'), false)
  assert.equal(reaches('organisation', 'other', 'bureau'), true)
  assert.equal(reaches('organisation', 'other', 'elsewhere'), false)
  assert.equal(reaches('district', 'other', 'elsewhere'), true)
})

test('shared principals never meet those of the owner’s side: being a member does not widen a scope', () => {
  const owner = new Set(ownerPrincipals(lineage))
  const shared = sharedPrincipals('me', lineage, [{ role: 'clerk', unitId: 'office', organisationId: 'bureau' }])
  assert.ok(shared.every((principal) => !owner.has(principal)))
  assert.deepEqual(shared, ['p:me', 'm:office', 'm:bureau', 'm:district', 'r:clerk:office'])
})
