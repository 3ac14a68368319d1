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

/** Lines of comma-separated text (RFC 4180): quotes may hold commas, line ends and doubled quotes. */
export function csvRows(text: string): string[][] {
  const rows: string[][] = [[]]
  let [cell, quoted] = ['', false]
  const endCell = (): void => { rows.at(-1)?.push(cell); cell = '' }
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? ''
    if (quoted && sign === '"' && text[at + 1] === '"') { cell += '"'; at += 1 }
    else if (sign === '"' && (quoted || cell === '')) quoted = !quoted
    else if (!quoted && sign === ',') endCell()
    else if (!quoted && (sign === '\n' || sign === '\r')) {
      if (sign === '\r' && text[at + 1] === '\n') at += 1
      endCell()
      rows.push([])
    } else cell += sign
  }
  endCell()
  return rows.filter((row) => row.some((one) => one !== ''))
}

/** Spreadsheet programs in China save comma-separated text in GB 18030 unless told otherwise. */
export function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** Rows of an .xlsx or .csv file as text. Throws when it is neither. */
export async function fileRows(file: File): Promise<string[][]> {
  const bytes = await file.arrayBuffer()
  return /\.csv$/i.test(file.name) ? csvRows(decoded(bytes)) : workbookRows(bytes)
}
