import assert from 'node:assert/strict'
import { test } from 'node:test'
import { incomingSheet } from './sheet.ts'
import type { Opinion } from './sheet.ts'

const at = new Date('2026-11-09T02:00:00Z')
const opinion = (node: string, name: string, text: string | null): Opinion => ({ node, area: node, standing: 0, name, onBehalfOf: null, outcome: 'next', opinion: text, at, superseded: false, signatureId: null })
const section = (sheet: ReturnType<typeof incomingSheet>, label: string) => sheet.sections.find((one) => one.label === label)?.entries.map(({ text, signature }) => `${text}|${signature}`)

test('every opinion stands in its section with name and date; a bare signature is agreement', () => {
  const sheet = incomingSheet('区应急局', { subject: '通知', proposal: '请局长阅示', result: '已办' }, [
    opinion('propose', '宋亦然', null), opinion('instruct', '陆正旸', '抓好落实'), { ...opinion('instruct', '许景行', ''), onBehalfOf: '陆正旸' }, opinion('handle', '蒋和坪', null), opinion('finish', '韩雪湄', null),
  ], [{ name: '潘岳茗', readAt: at, opinion: null }, { name: '王磊', readAt: null, opinion: null }])
  assert.equal(sheet.title, '区应急局收文处理单')
  assert.deepEqual(section(sheet, '拟办意见'), ['请局长阅示|宋亦然　2026年11月9日'])
  assert.deepEqual(section(sheet, '领导批示'), ['抓好落实|陆正旸　2026年11月9日', '圈阅（视为同意）|许景行（代陆正旸）　2026年11月9日'])
  assert.deepEqual(section(sheet, '承办情况'), [], 'nothing written, nothing shown')
  assert.deepEqual(section(sheet, '传阅'), ['已阅|潘岳茗　2026年11月9日', '（未阅）|王磊'])
  assert.deepEqual(section(sheet, '办结情况'), ['已办|韩雪湄　2026年11月9日'])
})

test('before anything was written there is room to write on paper', () => {
  const sheet = incomingSheet('区应急局', { subject: '通知' }, [], [])
  assert.deepEqual(sheet.sections.map(({ entries, room }) => [entries.length, room > 0]), Array.from({ length: 5 }, () => [0, true]))
})
