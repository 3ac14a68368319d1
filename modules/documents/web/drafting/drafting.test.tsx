import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import type { Block } from '#modules/documents/body.ts'
import type { Finding } from '#modules/documents/checks/finding.ts'
import { OutgoingDocument } from '#modules/documents/outgoing/model.ts'
import { fieldOfFinding, isText, mended } from './fields.ts'
import { countText, FindingList } from './finding-list.tsx'
import { brought } from './import-notice.tsx'
import { refusedFile } from './use-import.ts'

const finding = (more: Partial<Finding>): Finding => ({ rule: 'G10', severity: 'stop', field: 'body', message: '日期应写全', ...more })

test('what is no Word file, an old one or too large a one is refused before it is sent, and told what to do', () => {
  expect(refusedFile({ name: '通知.docx', size: 1000 })).toBeNull()
  expect(refusedFile({ name: '通知.DOC', size: 1000 })).toContain('另存为 .docx')
  expect(refusedFile({ name: '扫描件.pdf', size: 1000 })).toContain('不是 Word 文档')
  expect(refusedFile({ name: '图册.docx', size: 51 * 1024 * 1024 })).toContain('超过 50 MB')
})

test('what was imported is named field by field', () => {
  const body = { blocks: [{ type: 'paragraph', text: [{ text: '抓好落实。' }] }] }
  expect(brought({ subject: '标题', body }, OutgoingDocument.fields)).toBe('标题、正文（1 段 5 字）')
})

test('a finding leads to the field in which it is put right', () => {
  expect([finding({ field: 'title' }), finding({ field: 'signers' }), finding({ field: 'copyTo' })].map(fieldOfFinding)).toEqual(['subject', 'signer', 'copies'])
  expect(['subject', 'body', 'signer', 'recipients'].map(isText)).toEqual([true, true, false, false])
})

test('a proposed replacement goes into the text at its place, and nowhere else', () => {
  const blocks: Block[] = [
    { type: 'paragraph', text: [{ text: '自' }, { text: '26年7月', bold: true }, { text: '起' }] }, { type: 'heading', level: 1, text: [{ text: '要求' }], rest: [{ text: '甲乙' }] },
    { type: 'table', rows: [{ cells: [{ text: [{ text: '甲' }] }, { text: [{ text: '乙丙' }] }] }] },
  ]
  const at = (block: number, from: number, to: number, more: object = {}) => ({ block, part: 'text' as const, from, to, ...more })
  const after = (place: Finding['at'], replacement: string) => (mended(finding({ ...(place && { at: place }), replacement }), { blocks }) as { blocks: Block[] }).blocks
  expect(after(at(0, 1, 4), '2026年')[0]).toEqual({ type: 'paragraph', text: [{ text: '自' }, { text: '2026年7月', bold: true }, { text: '起' }] })
  expect(after({ ...at(1, 0, 1), part: 'rest' }, '丁')[1]).toEqual({ type: 'heading', level: 1, text: [{ text: '要求' }], rest: [{ text: '丁乙' }] })
  expect(after(at(2, 1, 2, { row: 0, cell: 1 }), '戊')[2]).toEqual({ type: 'table', rows: [{ cells: [{ text: [{ text: '甲' }] }, { text: [{ text: '乙戊' }] }] }] })
  expect(mended(finding({ field: 'title', replacement: '新标题' }), '旧')).toBe('新标题')
  expect(mended(finding({}), { blocks })).toBeNull()
  expect(mended(finding({ at: at(0, 0, 1, { attachment: 0 }), replacement: '附' }), { blocks })).toBeNull()
})

test('findings are counted, and lead somewhere only where somebody may go', () => {
  expect(countText([])).toBe('没有发现问题')
  expect(countText([finding({}), finding({ severity: 'hint' })])).toBe('1 处必须修改，1 处提示')
  expect(renderToStaticMarkup(<FindingList findings={[finding({})]} />)).not.toContain('<button')
  const html = renderToStaticMarkup(<FindingList findings={[finding({ replacement: '2026年' })]} jump={vi.fn()} mend={vi.fn()} />)
  expect(html).toContain('日期应写全')
  expect(html).toContain('改为“2026年”')
})
