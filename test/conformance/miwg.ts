import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setDescriptor } from '#platform/workflow/bpmn/extension.ts'
import { readBpmn, writeBpmn } from '#platform/workflow/bpmn/read.ts'
import { findElement, localName } from '#platform/workflow/bpmn/xml.ts'
import { canonical, census } from './canonical.ts'
import { filesOf, type Row } from './suites.ts'

async function roundTrip(bytes: Uint8Array): Promise<string> {
  const model = await readBpmn(bytes)
  const before = canonical(model.xml.root)
  const again = await readBpmn(writeBpmn(model))
  assert.equal(canonical(again.xml.root), before, 'the tree is the same')
  assert.equal(again.warnings.length, model.warnings.filter((warning) => !warning.includes('encoding')).length, 'it reads as well as before')
  const activity = findElement(again.xml.root, ({ name }) => /task$|^subProcess$/iu.test(localName(name)))
  const id = activity?.attributes['id']
  assert.ok(id !== undefined, 'there is an activity')
  setDescriptor(again, id, { by: { kind: 'initiator' } })
  const edited = await readBpmn(writeBpmn(again))
  assert.notEqual(canonical(edited.xml.root), before, 'the setting is in the text')
  setDescriptor(edited, id, null)
  assert.equal(canonical(edited.xml.root).replaceAll('<{http://www.omg.org/spec/BPMN/20100524/MODEL}extensionElements></>', ''),
    before.replaceAll('<{http://www.omg.org/spec/BPMN/20100524/MODEL}extensionElements></>', ''), 'a setting put in and taken out leaves the rest as it was')
  const counts = census(model.xml.root)
  return `${[...counts.values()].reduce((sum, count) => sum + count, 0)} elements, ${counts.get('BPMNShape') ?? 0} shapes, ${counts.get('BPMNEdge') ?? 0} edges`
}

/** Every reference model read and written: same elements, attributes, references and drawing. */
export async function miwg(folder: string): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const name of filesOf(folder, '.bpmn')) {
    try {
      rows.push({ name, result: 'passed', note: await roundTrip(readFileSync(join(folder, name))) })
    } catch (error) {
      rows.push({ name, result: 'failed', note: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) })
    }
  }
  return rows
}
