import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { DeliveryWire } from '#modules/documents/incoming/api.ts'
import { compare } from '#modules/documents/compare/blame.ts'
import { ComparedBody } from './compared.tsx'
import { lastOf, summaryOf } from './delivered.ts'
import { formRights, isChecked, partsOf } from './order.ts'
import { Findings } from './panels.tsx'

test('who may change something sees the form first, everybody else the text; deliveries only once issued', () => {
  expect(partsOf({ writes: ['body', 'cosigners'], attachments: 1, running: true, issued: false })).toEqual(['form', 'text', 'attachments', 'sheet', 'compare'])
  // Who signs may mend a word, but reads first.
  expect(partsOf({ writes: ['subject', 'body'], attachments: 0, running: true, issued: false })).toEqual(['text', 'form', 'sheet', 'compare'])
  expect(partsOf({ writes: [], attachments: 0, running: true, issued: true })).toEqual(['text', 'form', 'sheet', 'compare', 'deliveries'])
  expect(partsOf({ writes: [], attachments: 0, running: false, issued: false })).toEqual(['text', 'form'])
})

test('the form shows the text only to those who may write it', () => {
  expect(formRights({ subject: 'read', body: 'read', pdf: 'read' })).toEqual({ subject: 'read' })
  expect(formRights({ subject: 'write', body: 'write' })).toEqual({ subject: 'write', body: 'write' })
})

test('drafting rules are shown up to 签发', () => {
  expect(['sign', 'number', undefined].map((node) => isChecked('any', node))).toEqual([true, false, false])
  expect(isChecked('draft', undefined)).toBe(true)
})

test('花脸稿 marks words with who and when', () => {
  const body = (text: string) => [{ type: 'paragraph' as const, text: [{ text }] }]
  const versions = [{ version: 1, at: '2026-11-24T01:00:00.000Z', by: '林晓雯' }, { version: 2, at: '2026-11-24T02:00:00.000Z', by: '顾云程' }]
  const blocks = compare({ version: 1, by: '林晓雯', body: body('请各单位尽快落实。') }, { version: 2, by: '顾云程', body: body('请各单位认真落实。') })
  const html = renderToStaticMarkup(<ComparedBody blocks={blocks} versions={versions} />)
  expect(html).toMatch(/<del title="顾云程 删去，[^"]*10:00[^"]*">尽快<\/del>/u)
  expect(html).toMatch(/<ins title="顾云程 增加，[^"]*">认真<\/ins>/u)
})

test('two versions without a difference are said to be the same', () => {
  const one = { version: 1, by: '林晓雯', body: [{ type: 'paragraph' as const, text: [{ text: '请落实。' }] }] }
  const html = renderToStaticMarkup(<ComparedBody blocks={compare(one, { ...one, version: 2 })} versions={[]} />)
  expect(html).toContain('没有改动')
  expect(html).not.toContain('<ins')
})

test('stops come before hints', () => {
  const html = renderToStaticMarkup(<Findings findings={[{ rule: 'C4', severity: 'hint', field: 'title', message: '标题偏长' }, { rule: 'G8', severity: 'stop', field: 'title', message: '标题缺文种' }]} />)
  expect(html.indexOf('标题缺文种')).toBeLessThan(html.indexOf('标题偏长'))
  expect(html).toContain('1 处必须修改，1 处提示')
})

const item: DeliveryWire = {
  id: 'a', organisationId: 'b', organisationName: '区应急局', role: 'main', state: 'delivered', deliveredAt: '2026-11-24T01:00:00.000Z', signedAt: null, signedBy: null, returnedAt: null,
  returnReason: null, recalledAt: null, recallReason: null, doneAt: null, readers: 0, read: 0, urgedAt: null, urged: 0,
}

test('deliveries are counted, and each says what happened last', () => {
  const returned: DeliveryWire = { ...item, state: 'returned', returnedAt: '2026-11-24T02:00:00.000Z', returnReason: '缺附件' }
  expect(summaryOf([item, returned, { ...item, state: 'done' }])).toBe('共 3 家：已签收 1，未签收 1，已退回 1')
  expect(lastOf(item)).toBe('未签收')
  expect(lastOf(returned)).toContain('退回：缺附件')
})
