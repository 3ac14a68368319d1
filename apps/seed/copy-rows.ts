import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ClientBase } from 'pg'
import { from } from 'pg-copy-streams'

export type Cell = string | number | boolean | Date | null | readonly string[]

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
const escaped = (text: string): string => text.replaceAll(/[\\\n\r\t]/g, (sign) => ESCAPES[sign] ?? sign)

const quotedElement = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`

/** One value in COPY's text format. */
export function cellText(cell: Cell): string {
  if (cell === null) return String.raw`\N`
  if (cell instanceof Date) return cell.toISOString()
  return escaped(typeof cell === 'object' ? `{${cell.map(quotedElement).join(',')}}` : String(cell))
}

function* lines(rows: Iterable<readonly Cell[]>, every: (count: number) => void): Generator<string> {
  let count = 0
  let text = ''
  for (const row of rows) {
    text += `${row.map(cellText).join('\t')}\n`
    count += 1
    if (text.length < 65_536) continue
    yield text
    text = ''
    every(count)
  }
  yield text
  every(count)
}

/** Writes rows by COPY, the quickest way in; `every` hears how many went so far. */
export async function copyRows(client: ClientBase, table: string, columns: readonly string[], rows: Iterable<readonly Cell[]>, every: (count: number) => void = () => undefined): Promise<void> {
  const names = columns.map((name) => `"${name}"`).join(', ')
  await pipeline(Readable.from(lines(rows, every)), client.query(from(`copy "${table}" (${names}) from stdin`)))
}
