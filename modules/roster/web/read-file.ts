import { csvRows, decoded } from '#base/csv.ts'

/** Text of a spreadsheet's cell; days as YYYY-MM-DD, formulas as what they came to. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value !== 'object') return String(value)
  if ('result' in value) return cellText(value.result)
  if ('richText' in value && Array.isArray(value.richText)) return value.richText.map((part: { text?: unknown }) => String(part.text ?? '')).join('')
  return 'text' in value ? String(value.text) : ''
}

async function workbookRows(bytes: ArrayBuffer): Promise<string[][]> {
  const { default: Excel } = await import('exceljs')
  const book = new Excel.Workbook()
  await book.xlsx.load(bytes)
  const sheet = book.worksheets[0]
  const rows: string[][] = []
  sheet?.eachRow({ includeEmpty: true }, (row) => {
    const values = Array.isArray(row.values) ? row.values.slice(1) : []
    rows.push(Array.from(values, cellText))
  })
  return rows
}

/** Rows of an .xlsx or .csv file as text. Throws when it is neither. */
export async function fileRows(file: File): Promise<string[][]> {
  const bytes = await file.arrayBuffer()
  return /\.csv$/i.test(file.name) ? csvRows(decoded(bytes)) : workbookRows(bytes)
}
