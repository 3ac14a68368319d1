import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { uncovered } from '#platform/print/server/coverage.ts'
import { PrintError } from '#platform/print/server/errors.ts'
import { createPrinter } from '#platform/print/server/typst.ts'
import { measurePdf } from '#test/pdf/measure.ts'

const printer = createPrinter()
const families = [printer.fonts.body.family, ...printer.fonts.fallback].map((family) => `"${family}"`).join(', ')
const SOURCE = `#set page(width: 210mm, height: 297mm)
#set text(font: (${families}), fallback: false, size: 10pt)
#set par(justify: false)
#for line in json("/data.json") [#block(line)]`
const print = async (lines: string[]) => measurePdf(await printer.compilePdf(SOURCE, { files: { '/data.json': JSON.stringify(lines) } }))
const printed = async (text: string) => (await print([text])).flatMap((page) => page.texts.map((item) => item.text)).join('')

describe('user text', () => {
  test('markup prints literally', async () => {
    for (const text of ['#import "x.typ"', '#let a = 1', '$x^2$', '\\n \\u{41}', '*粗* _斜_', '= 题', '- 项', '// 注', '<标签> @引', '"引" \'号\'', '`码`', '~ -- ---', '#panic("x")']) {
      assert.equal((await printed(text)).replaceAll(' ', ''), text.replaceAll(' ', ''), text)
    }
  })
  test('no text stops the compiler', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 5 }), async (lines) => {
      assert.ok((await print(lines)).length > 0)
    }), { numRuns: 40 })
  })
})

describe('compiler', () => {
  test('equal input gives equal bytes, and files are gone afterwards', async () => {
    const source = '#read("/a.txt")'
    const first = await printer.compilePdf(source, { files: { '/a.txt': '甲' } })
    assert.deepEqual(await printer.compilePdf(source, { files: { '/a.txt': '甲' } }), first)
    assert.notDeepEqual(await printer.compilePdf(source, { files: { '/a.txt': '乙' } }), first)
    await assert.rejects(printer.compilePdf(source), PrintError)
  })
  test('reads inputs and reports a wrong source', async () => {
    assert.ok((await printer.compilePdf('#sys.inputs.name', { inputs: { name: '甲' } })).length > 0)
    await assert.rejects(printer.compilePdf('#foo('), /unclosed delimiter/)
    await assert.rejects(printer.compilePdf('#read("/../fonts.ts")'), PrintError)
  })
  test('renders one SVG per page with its own glyphs only', async () => {
    const pages = await printer.renderPages('#set text(font: "FandolSong")\n甲乙丙丁\n#pagebreak()\n丁\n#pagebreak()\n#rect()')
    assert.equal(pages.length, 3)
    assert.deepEqual(pages.map((page) => page.match(/<symbol/g)?.length ?? 0), [4, 1, 0])
    for (const page of pages) for (const [, id] of page.matchAll(/href="#([^"]+)"/g)) assert.ok(page.includes(`id="${id}"`))
    assert.match(pages[1] ?? '', /viewBox="0 841\.\d+ 595\.\d+ 841\.\d+"/)
  })
})

describe('rare characters', () => {
  test('are drawn by the fallback fonts', async () => {
    const [page] = await print(['镕喆堃㛃𠮷龘'])
    const fonts = new Set(page?.texts.map((text) => text.font))
    assert.ok(fonts.has('ChengmingRareKai') && fonts.has('ChengmingRareSong'), [...fonts].join())
    for (const text of page?.texts ?? []) for (const glyph of text.glyphs) assert.ok(glyph.ink, glyph.char)
  })
  test('are reported where no font draws them', () => {
    assert.deepEqual(printer.missingGlyphs('王䶮与刘龘、张𠮷、李㛃、䶮\u{1F600}'), ['䶮', '\u{1F600}'])
    assert.deepEqual(printer.missingGlyphs('长府〔2026〕3号，机密★1年。\n　①②“放管服”——5%±3℃'), [])
  })
  test('white space and format characters need no glyph', () => {
    assert.deepEqual(uncovered('a\u200b\ufe00\u3000\n', new Set([97])), [])
  })
})
