import assert from 'node:assert/strict'
import { test } from 'node:test'
import { draftFields, draftRights, initialValue } from './draft.ts'
import { entity } from './entity.ts'
import { choice } from './fields/choice.ts'
import { computed } from './fields/computed.ts'
import { person, units } from './fields/reference.ts'
import { text } from './fields/text.ts'
import { flow, start } from './flow.ts'

const Paper = entity('paper', '文稿', {
  writer: person('拟稿人', { initial: 'me' }), subject: text('标题'), speed: choice('缓急', { normal: '平件' }, { initial: { is: 'normal' } }), number: text('文号'), days: computed('天数', 'days', 'number'),
  to: units('主送', { initial: 'my-unit' }),
}, { states: { draft: '草稿' }, title: '{subject}' })
const known = { me: 'p', 'my-unit': 'u', today: '2026-11-24' }

test('the writer of a draft fills in what the start step names; later fields are hidden, computed and initial ones shown', () => {
  const edits = draftFields(Paper, [flow(Paper, { begin: start('起草', { form: { edit: ['subject', 'speed'] } }) }, [['begin', 'end']])])
  assert.deepEqual(draftRights(Paper, edits), { writer: 'read', subject: 'write', speed: 'write', days: 'read', to: 'read' })
})

test('a start step that names no fields, or none at all, lets all be filled in', () => {
  assert.equal(draftFields(Paper, []), null)
  assert.equal(draftFields(Paper, [flow(Paper, { begin: start('起草') }, [['begin', 'end']])]), null)
  assert.deepEqual(draftRights(Paper, null), { writer: 'write', subject: 'write', speed: 'write', number: 'write', days: 'read', to: 'write' })
})

test('initial values: the person, her unit as a list where the field is one, a fixed value, none', () => {
  const { writer, to, speed, subject } = Paper.fields
  assert.deepEqual([writer, to, speed, subject].map((field) => initialValue(field, known)), ['p', ['u'], 'normal', undefined])
})
