import { cleanText } from '#base/text.ts'

const MOST_CHARACTERS = 120
/** Longest ending that counts as one: `.docx`, `.tar.gz` is cut as `.gz`. */
const EXTENSION = /\.[\p{L}\p{N}]{1,10}$/u
/** Names Windows refuses, with any ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i
const FULL_WIDTH: Readonly<Record<string, string>> = { '<': '＜', '>': '＞', ':': '：', '"': '＂', '|': '｜', '?': '？', '*': '＊' }

function shorten(name: string): string {
  const characters = [...name]
  if (characters.length <= MOST_CHARACTERS) return name
  const extension = EXTENSION.exec(name)?.[0] ?? ''
  return characters.slice(0, MOST_CHARACTERS - [...extension].length).join('').trimEnd() + extension
}

/**
 * A name that is safe in folders of any system and shows what it is: without path, control and invisible characters, and marks that turn
 * the writing direction (fdp.exe shown as exe.pdf); signs that Windows refuses become their full-width twins.
 */
export function cleanFileName(name: string): string {
  const last = cleanText(name).split(/[/\\]/).at(-1) ?? ''
  const safe = last.replaceAll(/[<>:"|?*]/g, (sign) => FULL_WIDTH[sign] ?? '').replaceAll(/\s+/g, ' ').replace(/^[. ]+/, '').replace(/[. ]+$/, '')
  const named = shorten(DEVICE.test(safe) ? `_${safe}` : safe)
  return named === '' ? '未命名文件' : named
}
