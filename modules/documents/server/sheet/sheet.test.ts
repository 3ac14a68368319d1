import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawnPng } from '#platform/workflow/server/signatures/drawn.fixture.ts'
import { sheetPages, sheetPdf } from './sheet.ts'

const entry = { text: '同意。', signature: '何向东（代毛承睿）\u30002026年11月25日' }
const sheetWith = (signatureId: string | null) => ({ title: '区政府办公室发文处理单', rows: [[{ label: '标题', text: '关于防汛的通知' }]], sections: [{ label: '签发', room: 20, entries: [{ ...entry, signatureId }] }] })

test('a signature stands as a picture before the name; without one the sheet is as before', async () => {
  const pictures = new Map([['s1', drawnPng()]])
  const [signed] = await sheetPages(sheetWith('s1'), pictures)
  const [plain] = await sheetPages(sheetWith(null), pictures)
  assert.match(signed ?? '', /<image[^>]+data:image\/png/u)
  assert.doesNotMatch(plain ?? '', /data:image\/png/u)
  assert.equal(Buffer.from(await sheetPdf(sheetWith('s1'), pictures)).subarray(0, 5).toString(), '%PDF-')
})
