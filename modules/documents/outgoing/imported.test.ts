import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Block } from '#modules/documents/body.ts'
import { recognise } from '#modules/documents/import/recognise.ts'
import type { SourceItem } from '#modules/documents/import/source.ts'
import { bodySummary, importedValues, replacedKeys } from './imported.ts'

const line = (text: string, more: object = {}): SourceItem => ({ kind: 'paragraph', text: [{ text }], ...more })

const NOTICE = [
  line('长府办〔2026〕3号'), line('关于做好夏季防汛工作的请示', { align: 'center' }), line('市防汛指挥部：'), line('现将有关事项请示如下。'),
  line('一、基本情况'), line('（一）工作进展'), line('妥否，请批示。'), line('附件：1.防汛物资清单'), line('2.值班安排'), line('上海市长宁区人民政府办公室'), line('2026年7月1日'),
  line('（联系人：林晓雯，电话：021-22050000）'), line('附件1'), line('防汛物资清单'), line('沙袋500只。'),
]

test('parts of a Word file land in the fields of a draft, the rest is told', () => {
  const { values, notes } = importedValues(recognise(NOTICE), {})
  const { body, ...others } = values
  assert.deepEqual(others, {
    subject: '关于做好夏季防汛工作的请示', docType: 'request', direction: 'up', addressees: '市防汛指挥部', contactName: '林晓雯', contactPhone: '021-22050000',
  })
  assert.deepEqual((body as { blocks: Block[] }).blocks.map(({ type }) => type), ['paragraph', 'heading', 'heading', 'paragraph'])
  assert.deepEqual(notes.map((note) => /“长府办〔2026〕3号”|落款|值班安排|“防汛物资清单”/u.exec(note)?.[0]), ['“长府办〔2026〕3号”', '落款', '值班安排', '“防汛物资清单”'])
})

test('a text without a title brings its body alone and keeps the style of its numbers', () => {
  const { values, notes } = importedValues(recognise([line('今天天气好。')]), { body: { blocks: [], numberStyle: 'two-level' } })
  assert.deepEqual(values, { body: { numberStyle: 'two-level', blocks: [{ type: 'paragraph', text: [{ text: '今天天气好。' }] }] } })
  assert.match(notes.join(), /没有认出标题/u)
})

test('only what somebody wrote counts as replaced', () => {
  const { values } = importedValues(recognise(NOTICE), {})
  assert.deepEqual(replacedKeys(values, { direction: 'down', format: 'document', subject: '', body: null, addressees: [] }), [])
  assert.deepEqual(replacedKeys(values, { subject: '旧标题', addressees: '市防汛指挥部', body: { blocks: [{ type: 'paragraph', text: [{ text: '旧' }] }] } }), ['subject', 'body'])
})

test('the summary counts paragraphs, letters, headings and tables', () => {
  const blocks: Block[] = [
    { type: 'heading', level: 3, text: [{ text: '加强领导。' }], rest: [{ text: '要重视。' }] }, { type: 'table', rows: [{ cells: [{ text: [{ text: '序号' }] }] }] }, { type: 'paragraph', text: [{ text: '正文' }] },
  ]
  assert.equal(bodySummary({ blocks }), '3 段 13 字，其中标题 1 处、表格 1 张')
  assert.equal(bodySummary(null), '0 段 0 字')
})
