import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileFlow } from '#platform/workflow/core/compile.ts'
import { lint } from '#platform/workflow/core/lint.ts'
import { incomingBindings } from '#modules/documents/server/incoming/bindings.ts'
import { incomingFlow } from './flow.ts'
import { IncomingDocument } from './model.ts'

const ir = compileFlow(incomingFlow)
const nodes = Object.values(ir.nodes)

test('the flow has no flaw', () => {
  assert.deepEqual(lint(ir).filter(({ level }) => level === 'error'), [])
})

test('every rule and effect it names is bound, and none for nothing', () => {
  const effects = new Set(nodes.flatMap((node) => (node.kind === 'call' ? [node.does] : [])))
  const rules = new Set(nodes.flatMap((node) => (node.kind === 'task' && node.by.kind === 'rule' ? [node.by.name] : [])))
  assert.deepEqual([...effects].toSorted(), Object.keys(incomingBindings.effects).toSorted())
  assert.deepEqual([...rules].toSorted(), Object.keys(incomingBindings.assign).toSorted())
})

test('steps name fields and states that exist', () => {
  const fields = nodes.flatMap((node) => (node.kind === 'task' ? [...(node.form.edit ?? []), ...(node.form.require ?? [])] : []))
  assert.deepEqual(fields.filter((key) => !Object.hasOwn(IncomingDocument.fields, key)), [])
  assert.deepEqual(Object.values(incomingFlow.states).filter((state) => !Object.hasOwn(IncomingDocument.states, state)), [])
  const steps = nodes.flatMap((node) => (node.kind === 'task' ? [node.id] : []))
  assert.deepEqual(steps.filter((id) => !Object.hasOwn(incomingFlow.states, id)), [])
})
