import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import { OfficialText, titleParts } from './outgoing/official-text.tsx'
import { lastActOf, sinceOf, sinceText } from './outgoing/since.ts'

const versions = [{ version: 1, at: '2026-11-24T01:00:00Z', by: '林晓雯' }, { version: 3, at: '2026-11-24T03:00:00Z', by: '顾云程' }, { version: 5, at: '2026-11-25T02:00:00Z', by: '何向东' }]
const who = (name: string, at: string | null) => ({ people: [{ name, at }] })

test('who comes back sees what changed since she last dealt with it', () => {
  const seen = lastActOf([who('周牧原', '2026-11-24T04:00:00Z'), who('何向东', '2026-11-25T02:00:00Z'), who('周牧原', null)], '周牧原')
  expect(seen).toBe('2026-11-24T04:00:00Z')
  expect(sinceOf(versions, seen)).toEqual({ from: 3, known: true, by: ['何向东'] })
  expect(sinceText(sinceOf(versions, seen))).toBe('您上次办理后：何向东改过')
  expect(sinceText(sinceOf(versions, '2026-11-26T00:00:00Z'))).toBe('您上次办理后没有改动')
})

test('who sees it for the first time sees everything since it was drafted', () => {
  expect(lastActOf([who('何向东', '2026-11-25T02:00:00Z')], '周牧原')).toBeNull()
  expect(sinceText(sinceOf(versions, null))).toBe('起草后：顾云程、何向东改过')
})

const record = (values: Readonly<Record<string, unknown>>, number: string | null): RecordDetailWire => ({
  id: 'r', entity: 'documents_outgoing', number, title: '关于开展检查的通知', state: 'signing', stateLabel: '待签发', labels: { p1: '周牧原' }, createdBy: 'p', unitId: 'u', organisationId: 'o',
  createdAt: '2026-11-24T01:00:00Z', updatedAt: '2026-11-24T01:00:00Z', version: 1, caseId: null, fields: {}, acts: [], taskIds: [],
  values: { format: 'document', direction: 'down', urgency: 'normal', addressees: '各街道', body: { blocks: [{ type: 'heading', level: 1, text: [{ text: '总体要求' }] }] }, ...values },
})

function shown(of: RecordDetailWire): string {
  const client = new QueryClient()
  client.setQueryData(['record', 'documents_outgoing', 'r', 'head'], { organ: '上海市长宁区人民政府办公室' })
  return render(<QueryClientProvider client={client}><OfficialText record={of} /></QueryClientProvider>).container.textContent ?? ''
}

test('the text is set with its red head, numbers of headings, signature and note', () => {
  const text = shown(record({ note: '此件公开发布', signedOn: '2026-11-09' }, '长府办〔2026〕7号'))
  for (const part of ['上海市长宁区人民政府办公室文件', '长府办〔2026〕7号', '各街道：', '一、总体要求', '2026年11月9日', '（此件公开发布）']) expect(text).toContain(part)
  expect(text).not.toContain('签发人')
})

test('a request going up names its signer, a letter carries no 文件, and a draft says what is still missing', () => {
  const text = shown(record({ direction: 'up', signer: 'p1', format: 'letter' }, null))
  for (const part of ['签发人：周牧原', '（待编号）', '（签发后填写日期）']) expect(text).toContain(part)
  expect(text).not.toContain('文件')
})

test('a title breaks before 关于', () => {
  expect(titleParts('上海市长宁区人民政府关于开展检查的通知')).toEqual(['上海市长宁区人民政府', '关于开展检查的通知'])
  expect([titleParts('关于开展检查的通知'), titleParts('会议纪要')]).toEqual([['关于开展检查的通知'], ['会议纪要']])
})
