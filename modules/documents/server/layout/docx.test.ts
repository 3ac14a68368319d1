import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { describe, test } from 'node:test'
import mammoth from 'mammoth'
import yauzl from 'yauzl'
import type { Entry } from 'yauzl'
import type { OfficialDocument } from '#modules/documents/layout/model.ts'
import { SAMPLE_LETTER, SAMPLE_MINUTES, SAMPLE_NOTICE, SAMPLE_REQUEST, sampleBody } from '#modules/documents/layout/samples.ts'
import { toDocx } from '#modules/documents/server/layout/docx.ts'

/** The XML parts of a package by their path. */
async function partsOf(document: OfficialDocument): Promise<Map<string, string>> {
  const zip = await promisify<Buffer, yauzl.Options, yauzl.ZipFile>(yauzl.fromBuffer)(Buffer.from(await toDocx(document)), { autoClose: false })
  const entries: Entry[] = []
  zip.on('entry', (entry: Entry) => entries.push(entry))
  await once(zip, 'end')
  const open = promisify<Entry, Readable>(zip.openReadStream.bind(zip))
  const parts = new Map<string, string>()
  for (const entry of entries) parts.set(entry.fileName, await text(await open(entry)))
  zip.close()
  return parts
}

const bodyOf = async (document: OfficialDocument): Promise<string> => (await partsOf(document)).get('word/document.xml') ?? ''
const plain = async (document: OfficialDocument): Promise<string> => (await mammoth.extractRawText({ buffer: Buffer.from(await toDocx(document)) })).value

describe('DOCX', () => {
  test('page and grid are those of the standard', async () => {
    const xml = await bodyOf(SAMPLE_NOTICE)
    assert.match(xml, /<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-848"\/>/)
    assert.match(xml, /<w:pgSz w:w="11906" w:h="16838"/)
    assert.match(xml, /<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"/)
    assert.equal(Math.floor((16838 - 2098 - 1984) / 579), 22)
  })
  test('odd and even pages have their own number', async () => {
    const parts = await partsOf(SAMPLE_NOTICE)
    assert.match(parts.get('word/settings.xml') ?? '', /<w:evenAndOddHeaders/)
    assert.match(parts.get('word/footer1.xml') ?? '', /w:val="right"[\s\S]*PAGE/)
    assert.match(parts.get('word/footer2.xml') ?? '', /w:val="left"[\s\S]*PAGE/)
    for (const name of ['word/footer1.xml', 'word/footer2.xml']) assert.match(parts.get(name) ?? '', /<w:sz w:val="28"\/>/)
  })
  test('the imprint is a table at the foot of the box with lines of 0.35 and 0.25 mm', async () => {
    const xml = await bodyOf(SAMPLE_NOTICE)
    const table = xml.slice(xml.indexOf('<w:tbl>'))
    assert.match(table, /w:tblpYSpec="bottom" w:vertAnchor="margin"/)
    assert.deepEqual([...table.matchAll(/<w:(?:top|bottom) w:val="single" w:color="000000" w:sz="(\d+)"/g)].map((match) => match[1]), ['8', '6', '6', '8'])
  })
  test('every element is there, in order, with generated numbers', async () => {
    const content = await plain({ ...SAMPLE_REQUEST, attachments: [{ title: '工作方案', body: sampleBody(1) }, { title: '责任清单' }] })
    const order = ['000012', '机密★1年', '特急', '上海市长宁区人民政府文件', '长府〔2026〕3号', '签发人：', '张明远', '长宁区人民政府关于', '上海市人民政府：', '一、总体要求', '（一）加强组织领导。', '1.明确责任分工。', '（1）建立台账。', '附件：1.工作方案', '2.责任清单', '2026年7月1日', '（联系人：', '附件1', '抄送：', '2026年7月2日印发']
    let at = 0
    for (const item of order) {
      const found = content.indexOf(item, at)
      assert.ok(found >= at, `${item} after position ${at}`)
      at = found
    }
  })
  test('a letter has red double lines and an own first footer; minutes have their lists', async () => {
    const parts = await partsOf(SAMPLE_LETTER)
    assert.match(parts.get('word/document.xml') ?? '', /thickThinSmallGap/)
    assert.ok([...parts.values()].some((part) => part.includes('<w:ftr') && part.includes('thinThickSmallGap') && !part.includes('PAGE')))
    assert.doesNotMatch(parts.get('word/document.xml') ?? '', /印发<\/w:t>/)
    const minutes = await plain(SAMPLE_MINUTES)
    for (const label of ['出席：', '请假：', '列席：']) assert.ok(minutes.includes(label))
  })
  test('a draft says so, and hostile text stays text', async () => {
    const parts = await partsOf({ ...SAMPLE_NOTICE, issued: false, number: null, title: '关于<w:p/>&的通知' })
    assert.ok([...parts.values()].some((part) => part.includes('<w:hdr') && part.includes('送审稿')))
    assert.ok((parts.get('word/document.xml') ?? '').includes('关于&lt;w:p/&gt;&amp;的通知'))
  })
})
