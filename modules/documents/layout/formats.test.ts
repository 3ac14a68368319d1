/** Every format with every length of title and text, with and without attachments, measured against the table of GB/T 9704-2012 to 0.5 mm. */
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { PDFDocument, rgb } from 'pdf-lib'
import { bodyText } from '#modules/documents/body.ts'
import { GRID, LETTER, PT_PER_MM } from '#modules/documents/layout/geometry.ts'
import type { Attachment, OfficialDocument } from '#modules/documents/layout/model.ts'
import { SAMPLE_LETTER, SAMPLE_MINUTES, SAMPLE_NOTICE, sampleBody, samplePara } from '#modules/documents/layout/samples.ts'
import { pdfFacts } from '#modules/documents/server/attachments/pdf.ts'
import { CHAR, PITCH, RED, at, checkFolio, checkHead, checkImprint, checkMark, emBottom, emTop, exact, find, folio, gridBaseline, has, last, level, near, pagesOf } from '#test/pdf/official-page.ts'
import type { MeasuredPage, MeasuredText } from '#test/pdf/measure.ts'

const SHORT = '关于放假的通知'
const LONG = '上海市长宁区人民政府办公室关于印发《长宁区进一步优化营商环境促进专精特新中小企业高质量发展若干措施（2026—2028年）》的通知'
const SAMPLES = { document: SAMPLE_NOTICE, letter: SAMPLE_LETTER, minutes: SAMPLE_MINUTES }
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const BLUE = '#0000ff'

/** Two pages with a frame at their edge, the second wider than high. */
async function attachedPdf(): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  for (const [width, height] of [[595, 842], [842, 595]] as const) {
    const page = document.addPage([width, height])
    page.drawText(`page ${width}`, { x: 60, y: height - 80, size: 24 })
    page.drawRectangle({ x: 0, y: 0, width, height, borderWidth: 1, borderColor: rgb(0, 0, 1) })
  }
  return document.save()
}

let attachments: Attachment[] = []
before(async () => {
  const bytes = await attachedPdf()
  const facts = await pdfFacts(bytes)
  assert.ok(facts.kind === 'pages', facts.kind)
  attachments = [
    { title: '重点任务分工方案', body: sampleBody(2) },
    { title: '检查事项一览表', pdf: { bytes, pages: facts.pages } },
    { title: '现场照片', picture: { type: 'png', bytes: PNG, width: 400, height: 400 } },
    { title: '名册' },
  ]
})

const squeeze = (text: string): string => text.replaceAll(/\s/gu, '')
const letters = (pages: MeasuredPage[], wanted: (text: MeasuredText) => boolean): string => squeeze(pages.flatMap((page) => page.texts.filter(wanted).map(({ text }) => text)).join(''))
const isBody = ({ size, color }: MeasuredText): boolean => size === 16 && color !== RED

/** Line pitch: the lines below the title, and all of a later page, stand whole pitches apart. Character pitch: so do the characters of a full line. */
function checkPitch(page: MeasuredPage): void {
  const above = page.number === 1 ? Math.max(...page.texts.filter(({ size }) => size === 22).map(({ baseline }) => baseline)) : 37
  const body = page.texts.filter((text) => isBody(text) && text.baseline > above)
  const baselines = [...new Set(body.map(({ baseline }) => Number(baseline.toFixed(2))))].toSorted((a, b) => a - b)
  baselines.forEach((baseline, index) => {
    const lines = (baseline - (baselines[index - 1] ?? baseline)) / PITCH
    near((lines - Math.round(lines)) * PITCH, 0, `line at ${baseline}`)
    assert.ok(baseline < 262, 'inside the box')
  })
  for (const line of body.filter(({ text }) => /^[\p{Script=Han}、。，]{28}$/u.test(text))) line.glyphs.forEach((glyph, index) => near(glyph.x, 28 + index * CHAR, `character ${index + 1}`))
}

function checkTop(page: MeasuredPage, { format, number }: OfficialDocument): void {
  checkMark(page, format === 'letter' ? 30 : 72)
  if (format === 'document') checkHead(page, number ?? '')
  const [line] = level(page, RED)
  assert.ok(line)
  const title = page.texts.find(({ size }) => size === 22) ?? assert.fail('no title')
  const middle = (GRID.pitch - 22) / 2 / PT_PER_MM
  const above = format === 'letter' ? emBottom(find(page, number ?? '')) + (GRID.pitch - 16) / 2 / PT_PER_MM + LETTER.linesAboveTitle * PITCH : line.y + 2 * PITCH
  near(emTop(title), above + middle, 'title two lines below')
  if (format === 'minutes') near(line.y, emBottom(find(page, '上海市长宁区人民政府')) + 4, 'red line')
}

function checkTitle(page: MeasuredPage, title: string): void {
  const lines = page.texts.filter(({ size }) => size === 22)
  assert.equal(squeeze(lines.map(({ text }) => text).join('')), squeeze(title))
  for (const [index, line] of lines.entries()) {
    near((line.x + line.right) / 2, 106, 'title centred')
    near(line.baseline, (lines[0]?.baseline ?? 0) + index * PITCH, 'lines of the title')
    assert.ok(line.x >= 28 && line.right <= 184)
  }
}

/** 附件N in 黑体 on line 1, its title on line 3, the text from line 5. */
function checkAttachmentHead(page: MeasuredPage, label: string, title: string): void {
  const mark = exact(page, label)
  near(mark.x, 28, label)
  near(mark.baseline, gridBaseline(1), `${label} on line 1`)
  assert.deepEqual([mark.font, mark.size], ['FandolHei-Regular', 16])
  const line = exact(page, title)
  assert.equal(line.size, 22)
  near(emTop(line) + 11 / PT_PER_MM, 37 + 2.5 * PITCH, 'title on line 3')
  near((line.x + line.right) / 2, 106, 'title centred')
}

function checkAttachments(pages: MeasuredPage[]): void {
  const [text, table, picture] = ['附件1', '附件2', '附件3'].map((label) => pages.findIndex((page) => page.texts.some((item) => item.text === label)))
  assert.ok(text !== undefined && table !== undefined && picture !== undefined && text > 0 && table > text && picture === table + 2, `${text} ${table} ${picture}`)
  for (const [index, label, title] of [[text, '附件1', '重点任务分工方案'], [table, '附件2', '检查事项一览表'], [picture, '附件3', '现场照片']] as const) checkAttachmentHead(at(pages, index + 1), label, title)
  near(find(at(pages, text + 1), '一、').baseline, gridBaseline(5), 'text on line 5')
  const [upright, turned] = [at(pages, table + 1), at(pages, table + 2)]
  const frame = upright.shapes.find(({ color }) => color === BLUE) ?? assert.fail('no frame')
  near(frame.top, 37 + 4 * PITCH, 'page below the title')
  near(frame.bottom, 262, 'page down to the edge')
  near((frame.left + frame.right) / 2, 106, 'page in the middle')
  near((frame.bottom - frame.top) / (frame.right - frame.left), 842 / 595, 'as it was', 0.01)
  const across = turned.shapes.find(({ color }) => color === BLUE) ?? assert.fail('no frame')
  near(across.left, 28, 'its head at the left edge')
  near(across.right, 184, 'across the box')
  near((across.bottom - across.top) / (across.right - across.left), 842 / 595, 'turned', 0.01)
  assert.ok(find(upright, 'page 595').baseline < 110 && find(turned, 'page 842').x < 50, 'heads at the top and at the left')
  const [image] = at(pages, picture + 1).images
  near(image?.top ?? 0, 37 + 4 * PITCH, 'picture below the title')
  near((image?.right ?? 0) - (image?.left ?? 0), 400 / 96 * 25.4, 'picture in its own size')
  assert.ok(!pages.some((page) => page.texts.some((item) => item.text === '附件4')), 'a separate file is only named')
}

function checkEnd(pages: MeasuredPage[], { format }: OfficialDocument): void {
  const page = last(pages)
  if (format === 'letter') near(emBottom(find(page, '抄送：')) + (GRID.pitch - 14) / 2 / PT_PER_MM, 262, 'last line of the box')
  else checkImprint(page)
  const blank = pages.findIndex(({ texts }) => texts.length === 0)
  pages.forEach((one, index) => {
    if (format === 'letter' && index === 0) assert.equal(folio(one), undefined)
    else if (blank >= 0 && index >= blank) assert.equal(folio(one), undefined)
    else checkFolio(one)
  })
}

for (const format of ['document', 'letter', 'minutes'] as const) {
  describe(format, () => {
    for (const [length, title] of [['short', SHORT], ['long', LONG]] as const) {
      for (const [size, body] of Object.entries({ 'one page': [samplePara(2)], 'several pages': [...sampleBody(4), samplePara(12)] })) {
        for (const attached of [false, true]) {
          test(`${length} title, ${size}${attached ? ', with attachments' : ''}`, async () => {
            const document: OfficialDocument = { ...SAMPLES[format], title, body, titleLines: undefined, ...(attached && { attachments }) }
            const pages = await pagesOf(document)
            checkTop(at(pages, 1), document)
            checkTitle(at(pages, 1), title)
            assert.ok(letters(pages, isBody).includes(squeeze(bodyText(body))), 'the whole text, in order')
            pages.forEach(checkPitch)
            assert.ok(has(at(pages, 1), size === 'one page' ? '各街道、镇和' : '一、'), 'text on the first page')
            assert.equal(pages.some((page) => has(page, '附件：')), attached)
            if (attached) checkAttachments(pages)
            checkEnd(pages, document)
          })
        }
      }
    }
  })
}
