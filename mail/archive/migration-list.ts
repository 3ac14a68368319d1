import { csvRows } from '#base/csv.ts'
import { fill } from '#kit/words.ts'
import { rowWords } from './words.ts'

/** A line of the list: which mailbox of ours, and how the other server is entered. */
export type Listed = { readonly line: number; readonly address: string; readonly login: string; readonly password: string }

const COLUMNS = ['address', 'login', 'password'] as const

/** Lines of a list as comma-separated text, and what is missing in them; a head line is passed over. */
export function readList(text: string): { readonly listed: readonly Listed[]; readonly problems: readonly string[] } {
  const rows = csvRows(text.replace(/^\uFEFF/, '').replaceAll('\t', ','))
  const head = /^(?:本系统)?(?:邮箱|邮件)?地址|address/i.test(rows[0]?.[0] ?? '') ? 1 : 0
  const listed = rows.slice(head).map(([address = '', login = '', password = ''], index): Listed => ({ line: index + head + 1, address: address.trim().toLowerCase(), login: login.trim(), password }))
  const problems = listed.flatMap((one) => COLUMNS.filter((column) => one[column] === '').map((column) => fill(rowWords.missing, { line: one.line, what: rowWords.columns[column] })))
  return { listed, problems }
}
