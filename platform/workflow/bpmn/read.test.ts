import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WorkflowError } from '../core/error.ts'
import { descriptorOf, setDescriptor } from './extension.ts'
import { readBpmn, writeBpmn } from './read.ts'

const model = `<?xml version="1.0" encoding="UTF-8"?>
<!-- kept -->
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:other="urn:other" id="d" targetNamespace="t">
  <bpmn:process id="p" isExecutable="true">
    <bpmn:userTask id="t" name="审核 &amp; 签发 &lt;1&gt;" startQuantity="1" other:colour="红">
      <bpmn:documentation>一行
两行</bpmn:documentation>
    </bpmn:userTask>
    <other:unknown><![CDATA[ <x> ]]></other:unknown>
  </bpmn:process>
</bpmn:definitions>`

const refused = (code: string) => (error: unknown): boolean => error instanceof WorkflowError && error.code === code

test('what is read is written back sign by sign, with what other tools put in', async () => {
  assert.equal(writeBpmn(await readBpmn(model)), model)
})

test('our settings go into the extension element and come back, the rest stays', async () => {
  const read = await readBpmn(model)
  setDescriptor(read, 't', { by: { kind: 'initiator' }, remark: '“<&>”' })
  const again = await readBpmn(writeBpmn(read))
  const [process] = again.definitions['rootElements'] as { flowElements: Parameters<typeof descriptorOf>[0][] }[]
  assert.deepEqual(descriptorOf(process?.flowElements[0] ?? assert.fail('no task')), { by: { kind: 'initiator' }, remark: '“<&>”' })
  assert.match(writeBpmn(again), /<\/bpmn:documentation><bpmn:extensionElements><chengming:step>/u)
  setDescriptor(again, 't', null)
  assert.doesNotMatch(writeBpmn(again), /chengming:step/u)
})

test('a text in the encoding it declares', async () => {
  const text = model.replace('UTF-8', 'GB18030')
  const known: Readonly<Record<string, readonly number[]>> = { 红: [0xba, 0xec], 审: [0xc9, 0xf3] }
  const bytes = Uint8Array.from([...text].flatMap((sign) => known[sign] ?? (sign.charCodeAt(0) < 0x80 ? [sign.charCodeAt(0)] : [0x3f])))
  const written = writeBpmn(await readBpmn(bytes))
  assert.match(written, /colour="红"/u)
  assert.match(written, /^<\?xml version="1.0" encoding="UTF-8"\?>/u)
})

test('what is no BPMN 2.0 is refused with a reason', async () => {
  const bad = ['', 'text', '<a/>', '<definitions/>', model.replace('20100524', '20080101'), model.slice(0, 400), model.replace('</bpmn:process>', ''), '{"a":1}',
    '<!DOCTYPE x [<!ENTITY a "b">]><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', '<a>'.repeat(100_000)]
  for (const text of bad) await assert.rejects(readBpmn(text), refused('workflow.bpmn.invalid'), text.slice(0, 60))
  await assert.rejects(readBpmn(new Uint8Array([0xff, 0xfe, 0x00])), refused('workflow.bpmn.invalid'))
  const wrong = model.replace('</bpmn:documentation>', '</bpmn:documentation><bpmn:extensionElements><c:step xmlns:c="https://chengming.cn/schema/bpmn/1">[1]</c:step></bpmn:extensionElements>')
  const { definitions } = await readBpmn(wrong)
  const [process] = definitions['rootElements'] as { flowElements: Parameters<typeof descriptorOf>[0][] }[]
  assert.throws(() => descriptorOf(process?.flowElements[0] ?? assert.fail('no task')), refused('workflow.bpmn.invalid'))
})

test('more than 5 MB is refused before it is read', async () => {
  await assert.rejects(readBpmn(model + ' '.repeat(5_000_000)), refused('workflow.bpmn.large'))
})
