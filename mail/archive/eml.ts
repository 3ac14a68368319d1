import { existsSync } from 'node:fs'
import { appendFile, mkdir, readdir, readFile, rename, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Archived, Format, Numbered } from './format.ts'
import { fileNameOf, nameOf, pathOf } from './names.ts'

/** Beside the messages of a folder: flags and moments, a line of JSON for each file. */
const LIST = 'messages.jsonl'
const TITLE = 60

type Line = { readonly file: string; readonly flags: readonly string[]; readonly internalAt: number }

const fileOf = ({ uid, subject }: Numbered): string => `${String(uid).padStart(6, '0')} ${fileNameOf([...subject].slice(0, TITLE).join('').trim()) || '无主题'}.eml`

async function write(root: string, mailbox: string, messages: AsyncIterable<Numbered>): Promise<number> {
  const folder = join(root, ...pathOf(mailbox))
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const told = new Set((await linesOf(folder)).keys())
  let count = 0
  for await (const message of messages) {
    count++
    const file = fileOf(message)
    if (told.has(file) && existsSync(join(folder, file))) continue
    await writeFile(join(folder, `${file}.part`), message.raw)
    await utimes(join(folder, `${file}.part`), message.internalAt / 1000, message.internalAt / 1000)
    await rename(join(folder, `${file}.part`), join(folder, file))
    const line: Line = { file, flags: message.flags, internalAt: message.internalAt }
    await appendFile(join(folder, LIST), `${JSON.stringify(line)}\n`)
  }
  return count
}

async function linesOf(folder: string): Promise<ReadonlyMap<string, Line>> {
  if (!existsSync(join(folder, LIST))) return new Map()
  const lines = (await readFile(join(folder, LIST), 'utf8')).split('\n').flatMap((text) => parsed(text) ?? [])
  return new Map(lines.map((line) => [line.file, line]))
}

/** A line cut off by a crash, or written by somebody else, tells nothing. */
function parsed(text: string): Line | null {
  try {
    const { file, flags, internalAt } = JSON.parse(text) as Partial<Line>
    return typeof file === 'string' && Array.isArray(flags) && typeof internalAt === 'number' ? { file, flags: flags.map(String), internalAt } : null
  } catch {
    return null
  }
}

async function* readFolder(folder: string, levels: readonly string[]): AsyncGenerator<Archived> {
  const lines = await linesOf(folder)
  const entries = (await readdir(folder, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    if (!entry.isFile() || !/\.eml$/i.test(entry.name)) continue
    const line = lines.get(entry.name)
    const { mtimeMs } = await stat(join(folder, entry.name))
    yield { mailbox: levels.length === 0 ? 'INBOX' : levels.join('/'), raw: await readFile(join(folder, entry.name)), flags: line?.flags ?? [], internalAt: line?.internalAt ?? Math.floor(mtimeMs) }
  }
  for (const entry of entries) if (entry.isDirectory()) yield* readFolder(join(folder, entry.name), [...levels, nameOf(entry.name)])
}

async function* read(path: string): AsyncGenerator<Archived> {
  if ((await stat(path)).isDirectory()) return yield* readFolder(path, [])
  const { mtimeMs } = await stat(path)
  yield { mailbox: 'INBOX', raw: await readFile(path), flags: [], internalAt: Math.floor(mtimeMs) }
}

/** A file for each message, opened by a double click; folders as the mailboxes are. */
export const eml: Format = { id: 'eml', write, read }
