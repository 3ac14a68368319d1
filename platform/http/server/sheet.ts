import Excel from 'exceljs'
import type { FastifyReply } from 'fastify'
import type { Workbook } from '#kit/api.ts'

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A cell that a spreadsheet would run as a formula stays text. */
const safe = (value: string | number | null): string | number | null => (typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value)

/** One sheet: a head line that stays in sight, then the rows. */
export async function sheetBytes({ name, columns, rows }: Workbook): Promise<Uint8Array> {
  const book = new Excel.Workbook()
  const sheet = book.addWorksheet(name.slice(0, 31), { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = columns.map(({ title, width }) => ({ header: title, width }))
  sheet.getRow(1).font = { bold: true }
  for (const row of rows) sheet.addRow(row.map(safe))
  return new Uint8Array(await book.xlsx.writeBuffer())
}

/** Names the file for the browser, and answers its bytes. */
export async function sendSheet(reply: FastifyReply, book: Workbook): Promise<Uint8Array> {
  void reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${book.name}.xlsx`)}`)
  return sheetBytes(book)
}
