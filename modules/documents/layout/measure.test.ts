import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { GRID, PT_PER_MM } from '#modules/documents/layout/geometry.ts'
import { SAMPLE_LETTER, SAMPLE_MINUTES, SAMPLE_NOTICE, SAMPLE_REQUEST, sampleBody, samplePara } from '#modules/documents/layout/samples.ts'
import type { MeasuredLine, MeasuredPage } from '#test/pdf/measure.ts'
import { CHAR, PITCH, RED, at, checkFolio, checkHead, checkImprint, checkMark, emBottom, emTop, exact, find, folio, gridBaseline, has, inkBottom, inkTop, last, level, mark, near, pagesOf } from '#test/pdf/official-page.ts'

describe('grid', () => {
  let pages: MeasuredPage[]
  before(async () => {
    pages = await pagesOf({ ...SAMPLE_NOTICE, body: [samplePara(60)] })
  })
  test('a full page has 22 lines on exact positions', () => {
    const lines = at(pages, 2).texts.filter((text) => text.size === 16)
    const expected = Array.from({ length: 22 }, (_, index) => gridBaseline(index + 1))
    const baselines = [...new Set(lines.map((line) => line.baseline.toFixed(2)))].map(Number)
    assert.equal(baselines.length, 22)
    baselines.forEach((baseline, index) => near(baseline, expected[index]!, `line ${index + 1}`, 0.05))
    near(emBottom(lines.at(-1)!) + (GRID.pitch - 16) / 2 / PT_PER_MM, 262, 'lower edge of line 22', 0.05)
  })
  test('28 characters fill a line from edge to edge', () => {
    const lines = at(pages, 2).texts.filter((text) => text.size === 16)
    const full = lines.filter((line) => [...line.text].length === 28)
    assert.ok(full.length >= 11, `${full.length} of ${lines.length} lines with 28 characters`)
    for (const line of full) {
      line.glyphs.forEach((glyph, index) => near(glyph.x, 28 + index * CHAR, `character ${index + 1}`, 0.1))
      near(line.right, 184, 'line end', 0.2)
    }
    for (const line of lines) assert.ok([...line.text].length >= 26, line.text)
  })
  test('paragraphs start two characters in, in 16 pt 仿宋', () => {
    const first = find(at(pages, 1), '各街道、镇和区政府')
    near(first.x, 28 + 2 * CHAR, 'indent', 0.05)
    assert.equal(first.size, 16)
    assert.equal(first.font, 'FandolFang-Regular')
  })
})

describe('document', () => {
  test('head, title, recipients and imprint stand where the standard has them', async () => {
    const pages = await pagesOf(SAMPLE_NOTICE)
    const page = at(pages, 1)
    checkMark(page, 72)
    checkHead(page, '长府〔2026〕3号')
    const number = find(page, '长府〔2026〕3号')
    near((number.x + number.right) / 2, 106, 'number centred')
    const titles = page.texts.filter((text) => text.size === 22)
    assert.equal(titles.map((text) => text.text).join(''), SAMPLE_NOTICE.title)
    near(emTop(titles[0]!), level(page, RED)[0]!.y + 2 * PITCH + (GRID.pitch - 22) / 2 / PT_PER_MM, 'title two lines below the red line')
    for (const line of titles) near((line.x + line.right) / 2, 106, 'title centred')
    const recipients = find(page, '各街道办事处')
    near(recipients.x, 28, 'recipients flush left')
    near(emTop(recipients) + 8 / PT_PER_MM - emTop(titles.at(-1)!) - 11 / PT_PER_MM, 2 * PITCH, 'one blank line below the title', 0.05)
    assert.equal(pages.length, 2)
    checkImprint(last(pages))
    pages.forEach(checkFolio)
  })
  test('the imprint in 14 pt, one character in from both sides, wrapped lines under the first name', async () => {
    const page = last(await pagesOf(SAMPLE_NOTICE))
    const label = find(page, '抄送：')
    const list = page.texts.filter((text) => text.size === 14 && text.baseline >= label.baseline && text.x > label.x && text.baseline < 252)
    near(label.x, 28 + 14 / PT_PER_MM, 'label')
    for (const line of list) near(line.x, label.x + 42 / PT_PER_MM, 'list')
    assert.ok(list.at(-1)!.text.endsWith('。'))
    near(find(page, '上海市长宁区人民政府办公室').x, 28 + 14 / PT_PER_MM, 'printing organ')
    near(find(page, '2026年7月2日印发').right, 184 - 14 / PT_PER_MM, 'printing date')
  })
  test('heading levels differ by typeface only', async () => {
    const page = at(await pagesOf({ ...SAMPLE_NOTICE, titleLines: ['通知'] }), 1)
    assert.equal(find(page, '一、').font, 'FandolHei-Regular')
    const second = await pagesOf({ ...SAMPLE_NOTICE, title: '关于放假的通知', body: sampleBody(1).slice(2) })
    assert.equal(find(at(second, 1), '（一）').font, 'FandolKai-Regular')
    assert.equal(find(last(second), '（1）').font, 'FandolFang-Regular')
    for (const text of at(second, 1).texts.slice(5)) if (text.size !== 14) assert.equal(text.size, 16)
  })
  test('short and long titles', async () => {
    for (const title of ['关于放假的通知', SAMPLE_NOTICE.title.repeat(2)]) {
      const page = at(await pagesOf({ ...SAMPLE_NOTICE, title }), 1)
      const lines = page.texts.filter((text) => text.size === 22)
      assert.equal(lines.map((line) => line.text).join(''), title)
      for (const line of lines) assert.ok(line.x >= 28 && line.right <= 184, line.text)
    }
  })
  test('an unsealed signature: name two characters from the edge, date two characters after its start', async () => {
    const page = last(await pagesOf({ ...SAMPLE_NOTICE, sealed: false }))
    const organ = find(page, '上海市长宁区人民政府')
    const date = exact(page, '2026年7月1日')
    near(organ.right, 184 - 2 * CHAR, 'end of the name')
    near(date.x, organ.x + 2 * CHAR, 'start of the date')
    const short = last(await pagesOf({ ...SAMPLE_NOTICE, sealed: false, signatures: [{ organ: '区数据局' }] }))
    near(exact(short, '2026年7月1日').right, 184 - 2 * CHAR, 'end of a date longer than the name')
    near(exact(short, '2026年7月1日').x - find(short, '区数据局').x, 2 * CHAR, 'name before the date')
  })
  test('a sealed signature: date four characters from the edge, name centred on it, note below', async () => {
    const bytes = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5" fill="none" stroke="#f00" stroke-width="0.01"/></svg>')
    const page = last(await pagesOf({ ...SAMPLE_NOTICE, signatures: [{ organ: '上海市长宁区人民政府', seal: { type: 'svg', bytes } }] }))
    const organ = find(page, '上海市长宁区人民政府')
    const date = exact(page, '2026年7月1日')
    near(date.right, 184 - 4 * CHAR, 'end of the date')
    near((organ.x + organ.right) / 2, (date.x + date.right) / 2, 'name centred on the date')
    const seal = page.shapes.find((shape) => shape.color === RED)!
    near(seal.right - seal.left, 45, 'diameter')
    near((seal.left + seal.right) / 2, (date.x + date.right) / 2, 'seal centred')
    const text = find(page, '（1）')
    assert.ok(seal.top >= text.bottom && seal.top - text.baseline <= PITCH, 'seal within a line of the text')
    assert.ok((seal.top + seal.bottom) / 2 < organ.bottom + 1 && seal.bottom > date.bottom, 'the lower half of the seal covers name and date')
    near(find(page, '（此件').x, 28 + 2 * CHAR, 'note')
  })
  test('nothing is drawn without a seal image', async () => {
    for (const page of await pagesOf(SAMPLE_NOTICE)) assert.deepEqual(page.shapes, [])
  })
})

describe('pages', () => {
  test('the imprint goes to an even page; a blank page before it and its own carry no number', async () => {
    for (let sentences = 1; sentences <= 30; sentences++) {
      const pages = await pagesOf({ ...SAMPLE_NOTICE, body: [samplePara(sentences)] })
      const blank = pages.findIndex((page) => page.texts.length === 0)
      assert.equal(pages.length % 2, 0, `${sentences} sentences`)
      checkImprint(last(pages))
      pages.forEach((page, index) => (blank >= 0 && index >= blank ? assert.equal(folio(page), undefined) : checkFolio(page)))
    }
  })
  test('no page holds only the signature, and the first page shows text', async () => {
    for (let sentences = 1; sentences <= 40; sentences++) {
      const body = sentences <= 16 ? [samplePara(sentences)] : [...Array.from({ length: Math.floor(sentences / 3) }, () => samplePara(3)), samplePara((sentences % 3) + 1)]
      const pages = await pagesOf({ ...SAMPLE_NOTICE, body })
      const signed = pages.find((page) => page.texts.some((text) => text.text === '2026年7月1日'))!
      const text = signed.texts.filter((item) => item.size === 16 && item.font === 'FandolFang-Regular' && item.baseline < exact(signed, '2026年7月1日').baseline)
      assert.ok(text.some((item) => item.x < 40 && item.text.length > 2), `${sentences} sentences`)
      assert.ok(has(pages[0], '各街道、镇和区政府'), 'text on the first page')
    }
  })
  test('on request the imprint stays where the text ends', async () => {
    const pages = await pagesOf({ ...SAMPLE_NOTICE, title: '关于放假的通知', recipients: '各有关单位', sealed: false, note: undefined, body: [samplePara(1)], copies: undefined, evenImprint: false })
    checkImprint(last(pages))
    assert.equal(pages.length, 1)
  })
  test('attachments start pages of their own and come before the imprint', async () => {
    const attachments = [{ title: '重点任务分工方案', body: sampleBody(3) }, { title: '另册' }, { title: '责任清单', body: sampleBody(1) }]
    const pages = await pagesOf({ ...SAMPLE_NOTICE, attachments })
    const note = pages.find((page) => has(page, '附件：'))!
    near(find(note, '附件：').x, 28 + 2 * CHAR, '附件 label')
    near(find(note, '重点任务').x, find(note, '另册').x, 'names aligned', 0.05)
    near(note.texts.find((text) => text.text === '1.' && text.x > 50)!.x, 28 + 5 * CHAR, 'number after the label')
    const first = pages.find((page) => has(page, '附件1'))!
    near(find(first, '附件1').x, 28, 'label flush left')
    near(find(first, '附件1').baseline, gridBaseline(1), 'label on line 1')
    assert.equal(find(first, '附件1').font, 'FandolHei-Regular')
    const title = find(first, '重点任务')
    near(emTop(title) + 11 / PT_PER_MM, 37 + 2.5 * PITCH, 'title in the middle of line 3')
    near((title.x + title.right) / 2, 106, 'title centred')
    assert.ok(pages.some((page) => has(page, '附件3')) && !pages.some((page) => has(page, '附件2')))
    checkImprint(last(pages))
    checkFolio(first)
  })
  test('the text after a table is on the grid again', async () => {
    const cell = (text: string) => ({ text: [{ text }] })
    const rows = [{ cells: [cell('序号'), cell('任务')] }, ...Array.from({ length: 40 }, (_, index) => ({ cells: [cell(`${index + 1}`), cell('推进既有多层住宅加装电梯，建立长效管理机制，年内完成一百台以上并投入运行')] }))]
    const pages = await pagesOf({ ...SAMPLE_NOTICE, attachments: [{ title: '任务表', body: [{ type: 'table', header: 1, rows }, samplePara(1)] }] })
    const after = pages.findLast((page) => has(page, '各街道、镇和区政府'))!
    const line = (find(after, '各街道、镇和区政府').baseline - gridBaseline(1)) / PITCH
    near(line, Math.round(line), 'position in lines', 0.01)
    assert.ok(pages.filter((page) => has(page, '序号')).length >= 3, 'header repeats')
  })
})

describe('to a superior', () => {
  for (const [count, rows] of [[1, 1], [2, 1], [3, 2]] as const) {
    test(`${count} signers`, async () => {
      const signers = ['张明远', '李四', '欧阳长青'].slice(0, count)
      const page = at(await pagesOf({ ...SAMPLE_REQUEST, signers }), 1)
      checkMark(page, 72)
      checkHead(page, '长府〔2026〕3号', rows)
      const number = find(page, '长府〔2026〕3号')
      near(number.x, 28 + CHAR, 'number one character in')
      const first = find(page, '张')
      assert.equal(find(page, '签发人：').font, 'FandolFang-Regular')
      assert.equal(first.font, 'FandolKai-Regular')
      near(first.baseline - number.baseline, -(rows - 1) * PITCH, 'number on the line of the last signer', 0.05)
      const names = page.texts.filter((text) => text.font === 'FandolKai-Regular' && text.baseline < number.baseline + 1)
      assert.equal(names.length, count)
      if (count === 3) near(find(page, '欧阳').x, first.x, 'second row under the first name', 0.05)
      else near(names.at(-1)!.right, 184 - CHAR, 'last name one character from the edge')
    })
  }
  test('份号, 密级 and 紧急程度 take the first lines, flush left', async () => {
    const page = at(await pagesOf(SAMPLE_REQUEST), 1)
    for (const [line, text, font] of [[1, '000012', 'FandolFang-Regular'], [2, '机密★1年', 'FandolHei-Regular'], [3, '特急', 'FandolHei-Regular']] as const) {
      near(find(page, text).baseline, gridBaseline(line), text)
      near(find(page, text).x, 28, text)
      assert.equal(find(page, text).font, font)
    }
  })
})

describe('several organs', () => {
  const organs = ['长宁区财政局', '长宁区发展和改革委员会', '长宁区民政局', '长宁区司法局']
  test('names of one width above each other, 文件 at half their height', async () => {
    const page = at(await pagesOf({ ...SAMPLE_NOTICE, issuers: organs.slice(0, 3) }), 1)
    checkMark(page, 72)
    checkHead(page, '长府〔2026〕3号')
    const suffix = find(page, '文件')
    const names = mark(page).filter((text) => text !== suffix)
    const rows = [...Map.groupBy(names, (text) => Math.round(text.baseline)).values()]
    assert.deepEqual(rows.map((row) => row.map((text) => text.text).join('')), organs.slice(0, 3))
    for (const row of rows) {
      near(row[0]!.x, rows[0]![0]!.x, 'names start together', 0.05)
      near(row.at(-1)!.right, rows[0]!.at(-1)!.right, 'names end together', 0.05)
    }
    near((suffix.y + suffix.bottom) / 2, (inkTop(names) + inkBottom(names)) / 2, '文件 in the middle')
  })
  test('seals keep apart, stay in the box, and the last one covers name and date', async () => {
    const bytes = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5" fill="none" stroke="#f00" stroke-width="0.01"/></svg>')
    for (const names of [organs, ['长宁区财政局', '长宁区民政局'], ['上海市长宁区国有资产监督管理委员会', '长宁区民政局']]) {
      const page = last(await pagesOf({ ...SAMPLE_NOTICE, signatures: names.map((organ) => ({ organ, seal: { type: 'svg', bytes } })), copies: undefined, printed: undefined }))
      const seals = page.shapes.filter((shape) => shape.color === RED)
      assert.equal(seals.length, names.length)
      seals.forEach((seal, index) => {
        assert.ok(seal.left >= 28 && seal.right <= 184, 'inside the box')
        for (const other of seals.slice(index + 1)) assert.ok(Math.hypot(seal.left - other.left, seal.top - other.top) > 45.2, 'apart')
        const organ = find(page, names[index]!)
        near((organ.x + organ.right) / 2, (seal.left + seal.right) / 2, 'centred on its name')
      })
      const date = exact(page, '2026年7月1日')
      near((date.x + date.right) / 2, (seals.at(-1)!.left + seals.at(-1)!.right) / 2, 'date under the last seal')
      assert.ok(seals.at(-1)!.bottom > date.bottom)
    }
  })
})

describe('letter', () => {
  test('mark, double lines, number and missing first page number', async () => {
    const pages = await pagesOf({ ...SAMPLE_LETTER, body: sampleBody(3), urgency: '特急' })
    const page = at(pages, 1)
    checkMark(page, 30)
    const lines = level(page, RED)
    assert.equal(lines.length, 4)
    const [upper, upperThin, lowerThin, lower] = lines as [MeasuredLine, MeasuredLine, MeasuredLine, MeasuredLine]
    for (const line of lines) {
      near(line.x1, 20, 'line left')
      near(line.x2, 190, 'line right')
    }
    near(upper.y - upper.width / 2, inkBottom(mark(page)) + 4, 'double line 4 mm below the mark')
    near(lower.y + lower.width / 2, 277, 'double line 20 mm above the lower edge')
    assert.ok(upper.width > upperThin.width && lower.width > lowerThin.width, 'thick over thin, thin over thick')
    const number = find(page, '长府办函')
    near(number.right, 184, 'number flush right')
    near(emTop(number) - upperThin.y, 14 / PT_PER_MM, '7/8 of a character below the line')
    near(find(page, '特急').baseline, number.baseline, 'urgency on the same line', 0.05)
    const title = page.texts.find((text) => text.size === 22)!
    near(emTop(title), emBottom(number) + 2 * PITCH + (GRID.pitch - 16) / 2 / PT_PER_MM + (GRID.pitch - 22) / 2 / PT_PER_MM, 'title two lines below')
    assert.equal(folio(page), undefined)
    assert.deepEqual(level(at(pages, 2), RED), [])
    pages.slice(1).forEach(checkFolio)
  })
  test('the imprint has neither lines nor printing row', async () => {
    const page = last(await pagesOf(SAMPLE_LETTER))
    assert.deepEqual(level(page, '#000000'), [])
    assert.ok(!page.texts.some((text) => text.text.endsWith('印发')))
    near(emBottom(find(page, '抄送：')) + (GRID.pitch - 14) / 2 / PT_PER_MM, 262, 'last line of the box')
  })
})

describe('minutes', () => {
  test('mark, organ row and lists of persons, no seal', async () => {
    const pages = await pagesOf(SAMPLE_MINUTES)
    const page = at(pages, 1)
    checkMark(page, 72)
    const line = level(page, RED)[0]!
    near(line.y, emBottom(find(page, '上海市长宁区人民政府')) + 4, 'red line')
    near(exact(page, '2026年7月1日').right, 184 - CHAR, 'date in the head')
    const lists = pages.find((item) => has(item, '出席'))!
    for (const label of ['出席', '请假', '列席']) {
      assert.equal(find(lists, label).font, 'FandolHei-Regular')
      near(find(lists, label).x, 28 + 2 * CHAR, label)
    }
    const names = lists.texts.filter((text) => text.baseline >= find(lists, '出席').baseline && text.font === 'FandolFang-Regular' && text.size === 16 && text.text !== '：')
    for (const row of names) near(row.x, 28 + 5 * CHAR, 'wrapped lines after the colon')
    checkImprint(last(pages))
  })
})

describe('draft', () => {
  test('a draft says so, leaves number and date blank and bears no seal', async () => {
    const bytes = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>')
    const pages = await pagesOf({ ...SAMPLE_NOTICE, issued: false, number: null, date: null, signatures: [{ organ: '区政府', seal: { type: 'svg', bytes } }] })
    for (const page of pages) assert.ok(has(page, '送审稿'))
    assert.ok(pages.every((page) => page.shapes.length === 0))
    assert.ok(at(pages, 1).texts.some((text) => /^　+〔　+〕　+号$/.test(text.text)))
    assert.ok(last(pages).texts.some((text) => /^　+年　+月　+日$/.test(text.text)))
  })
})
