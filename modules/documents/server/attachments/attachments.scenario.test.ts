/** What is attached is printed: Word text, pages of a PDF and a picture in the issued document, other files beside it; over HTTP on a real database. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Document, Packer, Paragraph } from 'docx'
import { PDFDocument } from 'pdf-lib'
import { actorAs } from '#apps/demonstration.ts'
import { services } from '#apps/services.ts'
import type { Finding } from '#modules/documents/checks/finding.ts'
import { definition } from '#modules/documents/module.ts'
import { Files } from '#platform/files/contract.ts'
import { Records } from '#platform/records/contract.ts'
import { testServer } from '#test/http.ts'
import type { TestServer } from '#test/http.ts'
import { measurePdf } from '#test/pdf/measure.ts'
import type { MeasuredPage } from '#test/pdf/measure.ts'
import { personId } from '#test/world/world.ts'
import { server as documents } from '../index.ts'
import { toPdf } from '../layout/pdf.ts'
import { COLD_WAVE } from '../outgoing/seed-texts.ts'
import { officialOf } from '../outgoing/official.ts'
import { printer } from '../printer.ts'
import { pdfFacts } from './pdf.ts'
import { pictureSize } from './picture-size.ts'

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc000110800100020030122000211010311 01'.replaceAll(' ', ''), 'hex')

let it: TestServer
before(async () => {
  it = await testServer({ services, modules: [{ definition, server: documents }], clock: () => new Date('2026-11-20T02:00:00Z') })
})
after(() => it.close())

const keep = async (name: string, mime: string, bytes: Uint8Array): Promise<string> => {
  const file = await it.runtime.command(await actorAs(it.runtime, 'linxiaowen'), (ctx) => ctx.use(Files).create(name, mime, bytes))
  return file.id
}

const wordOf = async (...lines: readonly string[]): Promise<Uint8Array> => new Uint8Array(await Packer.toArrayBuffer(new Document({ sections: [{ children: lines.map((line) => new Paragraph(line)) }] })))

async function pdfOf(pages: number, change: (document: PDFDocument) => void = () => {}): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  for (let page = 1; page <= pages; page++) document.addPage([595, 842]).drawText(`sheet ${page}`, { x: 60, y: 760, size: 20 })
  change(document)
  return document.save()
}

const has = ({ texts }: MeasuredPage, wanted: string): boolean => texts.some(({ text }) => text === wanted)

test('attachments are printed behind the text in their order, and what cannot be printed is told', async () => {
  const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  const attachments = [
    await keep('附件1：重点任务分工.docx', word, await wordOf('附件1', '重点任务分工', '一、总体要求', '各部门要落实责任。')), await keep('检查表.pdf', 'application/pdf', await pdfOf(2)), await keep('现场照片.png', 'image/png', PNG),
    await keep('台账.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', Buffer.from('PK')),
  ]
  const client = await it.as('linxiaowen')
  const values = { secrecy: 'none', disclosure: 'on-request', signer: personId('zhoumuyuan'), ...COLD_WAVE, attachments }
  const made = await client('POST', '/api/records/documents_outgoing', { values })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  const id = String(made.body['id'])
  const findings = (await client('GET', `/api/documents/checks?id=${id}`)).body['findings'] as Finding[]
  assert.deepEqual(findings.filter(({ rule }) => rule === 'G11').map(({ severity, message }) => [severity, message]), [['hint', '附件“台账”不能排入正式文件，将作为单独文件随文分发。需要随文印发的，请另存为 PDF 或 Word（.docx）后上传']])
  const pages = await it.runtime.query(await actorAs(it.runtime, 'linxiaowen'), async (ctx) => {
    const document = await officialOf(ctx, await ctx.use(Records).visible('documents_outgoing', id), { printedOn: '2026-11-20' })
    return measurePdf(await toPdf(document, printer()))
  })
  const [text, first, picture] = ['附件1', '附件2', '附件3'].map((label) => pages.findIndex((page) => has(page, label)))
  assert.ok(text !== undefined && first !== undefined && picture !== undefined && 0 < text && text < first && picture === first + 2, `${text} ${first} ${picture}`)
  assert.equal(pages.flatMap(({ texts }) => texts.filter((one) => one.text === '重点任务分工')).length, 2, 'listed once and printed once')
  assert.ok(pages[first] !== undefined && has(pages[first], 'sheet 1') && pages[first + 1] !== undefined && has(pages[first + 1] as MeasuredPage, 'sheet 2'))
  assert.equal(pages[picture]?.images.length, 1)
  assert.ok(!pages.some((page) => has(page, '附件4')))
  const preview = (await client('GET', `/api/documents/preview?id=${id}`)).body['pages'] as string[]
  assert.equal(preview.length, pages.length)
})

test('a PDF that is signed, broken, endless or no PDF stays beside the document', async () => {
  assert.deepEqual(await pdfFacts(await pdfOf(1, (document) => document.getForm().createTextField('seal').addToPage(document.getPage(0)))), { kind: 'unbound', why: 'signed' })
  assert.deepEqual(await pdfFacts(await pdfOf(301)), { kind: 'unbound', why: 'large' })
  assert.deepEqual(await pdfFacts(Buffer.from('%PDF-1.7\nnothing')), { kind: 'unbound', why: 'damaged' })
  assert.deepEqual((await pdfFacts((await pdfOf(3)).slice(0, 200))).kind, 'unbound')
})

test('the size of a picture is read from its head', () => {
  assert.deepEqual([pictureSize(PNG), pictureSize(JPEG), pictureSize(Buffer.from('GIF89a'))], [{ width: 1, height: 1 }, { width: 32, height: 16 }, null])
})
