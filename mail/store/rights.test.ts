import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { ALL_RIGHTS, changedRights, type Grant, may, readRights, type Rights, rightsOf, settableFlags, type Standing, type Subject, toldRights } from './rights.ts'

const grant = (subject: Subject, rights: Rights, negative = false): Grant => ({ subject, rights, negative })
const who = (standing: Standing = 'other', units: readonly string[] = []): Parameters<typeof rightsOf>[0] => ({ account: 'lin', units, standing })

const cases: readonly (readonly [string, Parameters<typeof rightsOf>[0], readonly Grant[], Rights])[] = [
  ['nothing is given to others', who(), [], ''],
  ['an owner may do everything', who('owner'), [], ALL_RIGHTS],
  ['what is given to others is nobody else’s', who(), [grant('account:gu', 'lr'), grant('unit:office', 'lr')], ''],
  ['rights of the account, the unit and everybody add up', who('other', ['office']), [grant('account:lin', 'w'), grant('unit:office', 'rs'), grant('anyone', 'l')], 'lrsw'],
  ['what is taken from a unit is taken, whoever gave it', who('other', ['office']), [grant('account:lin', 'lrsw'), grant('unit:office', 'sw', true)], 'lr'],
  ['what is taken from another unit stays', who('other', ['office']), [grant('anyone', 'lr'), grant('unit:archive', 'lr', true)], 'lr'],
  ['an owner who limits herself', who('owner'), [grant('account:lin', 'lr')], 'lra'],
  ['an owner keeps l and a', who('owner'), [grant('account:lin', ''), grant('anyone', 'la', true)], 'la'],
  ['what everybody may, a limited owner may too', who('owner'), [grant('account:lin', 'r'), grant('anyone', 'lrs')], 'lrsa'],
  ['whoever reads by office', who('reader'), [], 'lrsw'],
  ['whoever reads by office and is given more', who('reader'), [grant('account:lin', 'i')], 'lrswi'],
  ['whoever reads by office and is shut out', who('reader'), [grant('account:lin', 'lrsw', true)], ''],
  ['whoever writes in the name of an account keeps l and a', who('writer'), [grant('anyone', ALL_RIGHTS, true)], 'la'],
]
for (const [name, viewer, grants, expected] of cases) test(`rights: ${name}`, () => assert.equal(rightsOf(viewer, grants), expected))

const changes: readonly (readonly [before: Rights, written: string, after: Rights | null])[] = [
  ['', 'rl', 'lr'], ['lr', '', ''], ['lr', '+sw', 'lrsw'], ['lrsw', '-rx', 'lsw'], ['lr', '+', 'lr'], ['lr', '-', 'lr'],
  ['', 'c', 'kx'], ['', 'd', 'te'], ['lrkxte', '-d', 'lrkx'], ['lrkxte', '-c', 'lrte'], ['', 'dt', 'te'], ['lr', 'z', null], ['lr', 'R', null], ['lr', '+-l', null], ['lr', '0', null],
]
for (const [before, written, after] of changes) test(`rights: ${before} ${written} is ${after}`, () => assert.equal(changedRights(before, written), after))

test('obsolete letters are told with any of what they stand for', () => {
  assert.deepEqual(['lr', 'lrk', 'lrx', 'lrt', 'lre', ALL_RIGHTS].map(toldRights), ['lr', 'lrkc', 'lrxc', 'lrtd', 'lred', `${ALL_RIGHTS}cd`])
})

test('flags go by their rights', () => {
  const flags = ['\\Seen', '\\Deleted', '\\Flagged', '$Work']
  assert.deepEqual(['', 's', 't', 'w', 'swt'].map((rights) => settableFlags(rights, flags)), [[], ['\\Seen'], ['\\Deleted'], ['\\Flagged', '$Work'], flags])
})

const rights = fc.subarray([...ALL_RIGHTS]).map((letters) => letters.join(''))
const standing = fc.constantFrom<Standing>('owner', 'writer', 'reader', 'other')
const subject = fc.constantFrom<Subject>('anyone', 'account:lin', 'account:gu', 'unit:office', 'unit:archive')
const grants = fc.array(fc.record({ subject, negative: fc.boolean(), rights }), { maxLength: 8 })
const viewer = fc.record({ account: fc.constant('lin'), standing, units: fc.subarray(['office', 'archive']) })

test('the order in which things were said does not matter, and saying them twice neither', () => {
  fc.assert(fc.property(viewer, grants, (one, said) => assert.equal(rightsOf(one, [...said.toReversed(), ...said]), rightsOf(one, said))))
})

test('one more gift takes nothing from others than the owner; one more ban gives nothing to anybody', () => {
  fc.assert(fc.property(viewer, grants, subject, rights, (one, said, to, what) => {
    const before = rightsOf(one, said)
    if (one.standing !== 'owner') assert.ok(may(rightsOf(one, [...said, grant(to, what)]), before))
    assert.ok(may(before, rightsOf(one, [...said, grant(to, what, true)])))
  }))
})

test('who owns an account or writes in its name can always see and administer; nothing is said of the same person by another name', () => {
  fc.assert(fc.property(viewer, grants, (one, said) => {
    const found = rightsOf(one, said)
    if (one.standing === 'owner' || one.standing === 'writer') assert.ok(may(found, 'la'))
    assert.equal(found, rightsOf(one, said.filter(({ subject: of }) => of !== 'account:gu')))
  }))
})

test('what clients are told they may say again', () => {
  fc.assert(fc.property(rights, (some) => {
    assert.ok(may(readRights(toldRights(some)) ?? '', some))
    assert.equal(changedRights(changedRights('', some) ?? '', `-${some}`), '')
  }))
})
