import { Document, Packer, Paragraph, Table, TableCell, TableRow } from 'docx'
import { inlineText, numberHeadings } from '#modules/documents/body.ts'
import type { Block } from '#modules/documents/body.ts'
import type { Actor } from '#kit/context.ts'
import { Files } from '#platform/files/contract.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { printer } from '../printer.ts'

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

const rowOf = (cells: readonly string[], tableHeader: boolean): TableRow => new TableRow({ tableHeader, children: cells.map((text) => new TableCell({ children: [new Paragraph(text)] })) })

function parts(blocks: readonly Block[]): (Paragraph | Table)[] {
  return numberHeadings(blocks).map(({ block, number }) => {
    if (block.type === 'table') return new Table({ rows: block.rows.map(({ cells }, index) => rowOf(cells.map((cell) => inlineText(cell.text)), index < (block.header ?? 0))) })
    return new Paragraph(`${number ?? ''}${inlineText(block.text)}${block.type === 'heading' ? inlineText(block.rest ?? []) : ''}`)
  })
}

const keep = async (runtime: Runtime, actor: Actor, name: string, mime: string, bytes: Uint8Array): Promise<string> =>
  (await runtime.command(actor, (ctx) => ctx.use(Files).create(name, mime, bytes))).id

/** A Word file as somebody would attach it; answers its id. */
export async function wordFile(runtime: Runtime, actor: Actor, title: string, blocks: readonly Block[]): Promise<string> {
  const bytes = await Packer.toArrayBuffer(new Document({ title, sections: [{ children: parts(blocks) }] }))
  return keep(runtime, actor, `${title}.docx`, WORD, new Uint8Array(bytes))
}

const TABLE = `#let d = json("/table.json")
#set page(paper: "a4", flipped: true, margin: 20mm)
#set text(font: d.family, size: 12pt, lang: "zh")
#align(center, text(size: 16pt, d.title))
#v(4mm)
#table(columns: (auto, 1fr, auto, auto), inset: 7pt, ..d.rows.flatten())`

/** A table made elsewhere and saved as a PDF of one page across. */
export async function tableFile(runtime: Runtime, actor: Actor, title: string, rows: readonly (readonly string[])[]): Promise<string> {
  const bytes = await printer().compilePdf(TABLE, { files: { '/table.json': JSON.stringify({ title, rows, family: printer().fonts.song.family }) } })
  return keep(runtime, actor, `${title}.pdf`, 'application/pdf', bytes)
}
