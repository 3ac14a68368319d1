import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, readdir, rename, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Archived, type Format, LARGEST, type Numbered } from './format.ts'
import { nameOf, pathOf } from './names.ts'

/** First line of each of our messages: what mbox itself does not tell. Taken off again when read; other programs take it for a field. */
const OURS = 'X-Chengming-Archive: '
type Told = { readonly size: number; readonly flags: readonly string[]; readonly internalAt: number }

const LF = 10
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (n: number): string => String(n).padStart(2, '0')

/** The moment of a From_ line in UTC (RFC 4155). */
const asctime = (at: number): string => {
  const day = new Date(at)
  return `${DAYS[day.getUTCDay()]} ${MONTHS[day.getUTCMonth()]} ${String(day.getUTCDate()).padStart(2)} ${two(day.getUTCHours())}:${two(day.getUTCMinutes())}:${two(day.getUTCSeconds())} ${day.getUTCFullYear()}`
}

/** Lines without their LF; the last is what follows the last LF, perhaps nothing. */
function* linesOf(raw: Buffer): Generator<Buffer> {
  let from = 0
  for (let at = raw.indexOf(LF); at >= 0; at = raw.indexOf(LF, from)) {
    yield raw.subarray(from, at + 1)
    from = at + 1
  }
  yield raw.subarray(from)
}

/** `>*From ` at the beginning of a line (mboxrd): written with one more `>`, read with one less. */
const isQuoted = (line: Buffer): boolean => /^>*From /.test(line.toString('latin1', 0, Math.min(line.length, 256)))

async function* textOf(messages: AsyncIterable<Numbered>, counted: () => void): AsyncGenerator<Buffer> {
  for await (const { raw, flags, internalAt } of messages) {
    counted()
    const told: Told = { size: raw.length, flags, internalAt }
    yield Buffer.from(`From chengming ${asctime(internalAt)}\n${OURS}${JSON.stringify(told)}\n`)
    for (const line of linesOf(raw)) yield isQuoted(line) ? Buffer.concat([Buffer.from('>'), line]) : line
    yield Buffer.from(raw.at(-1) === LF ? '\n' : '\n\n')
  }
}

async function write(root: string, mailbox: string, messages: AsyncIterable<Numbered>): Promise<number> {
  const path = `${join(root, ...pathOf(mailbox))}.mbox`
  let count = 0
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await pipeline(Readable.from(textOf(messages, () => void count++)), createWriteStream(`${path}.part`, { mode: 0o600 }))
  await rename(`${path}.part`, path)
  return count
}

/** Lines of a file with their LF. */
async function* fileLines(path: string): AsyncGenerator<Buffer> {
  let begun: Buffer[] = []
  let size = 0
  for await (const chunk of createReadStream(path)) {
    const [first = Buffer.alloc(0), ...lines] = [...linesOf(chunk as Buffer)]
    begun.push(first)
    size += first.length
    if (size > LARGEST) throw new Error(`${path}: a line is longer than a message may be`)
    if (lines.length === 0) continue
    yield Buffer.concat(begun)
    yield* lines.slice(0, -1)
    begun = [lines.at(-1) ?? Buffer.alloc(0)]
    size = begun[0]?.length ?? 0
  }
  if (size > 0) yield Buffer.concat(begun)
}

/** Messages begin with `From ` after an empty line, or at the beginning. */
async function* pieces(path: string): AsyncGenerator<readonly Buffer[]> {
  let lines: Buffer[] = []
  let [size, afterEmpty] = [0, true]
  for await (const line of fileLines(path)) {
    if (afterEmpty && line.toString('latin1', 0, 5) === 'From ') {
      if (lines.length > 0) yield lines
      ;[lines, size] = [[], 0]
    }
    afterEmpty = line.length <= 2 && line.toString('latin1').trim() === ''
    lines.push(line)
    size += line.length
    if (size > LARGEST) throw new Error(`${path}: a message is larger than ${LARGEST} octets, or the file is no mbox`)
  }
  if (lines.length > 0) yield lines
}

function toldOf(line: Buffer | undefined): Told | null {
  const text = line?.toString('utf8') ?? ''
  if (!text.startsWith(OURS)) return null
  try {
    const { size, flags, internalAt } = JSON.parse(text.slice(OURS.length)) as Partial<Told>
    return typeof size === 'number' && Array.isArray(flags) && typeof internalAt === 'number' ? { size, flags: flags.map(String), internalAt } : null
  } catch {
    return null
  }
}

/** Flags as mail programs on Unix write them into the header. */
function statusFlags(raw: Buffer): readonly string[] {
  const header = raw.toString('latin1', 0, Math.min(raw.length, 65_536)).split(/\r?\n\r?\n/)[0] ?? ''
  const letters = [...header.matchAll(/^(?:X-)?Status:[ \t]*([A-Z]+)/gim)].map(([, found]) => found).join('')
  return [['R', '\\Seen'], ['A', '\\Answered'], ['F', '\\Flagged'], ['D', '\\Deleted'], ['T', '\\Draft']].flatMap(([letter = '', flag = '']) => (letters.includes(letter) ? [flag] : []))
}

/** A foreign message: its last empty line is the separator's, and its lines end as lines of messages do. */
function foreign(lines: readonly Buffer[], from: Buffer): Omit<Archived, 'mailbox'> {
  const whole = Buffer.concat(lines)
  const body = /\n\r?\n$/.test(whole.toString('latin1', Math.max(0, whole.length - 3))) ? whole.subarray(0, whole.length - (whole.at(-2) === 13 ? 2 : 1)) : whole
  const raw = Buffer.from(body.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1')
  const at = Date.parse(`${from.toString('latin1').trim().split(/\s+/).slice(-5).join(' ')} UTC`)
  return { raw, flags: statusFlags(raw), internalAt: Number.isNaN(at) ? null : at }
}

async function* readFile(path: string, mailbox: string): AsyncGenerator<Archived> {
  for await (const [from = Buffer.alloc(0), ...quoted] of pieces(path)) {
    const lines = quoted.map((line) => (line[0] === 0x3e && isQuoted(line) ? line.subarray(1) : line))
    const told = toldOf(lines[0])
    if (told === null) yield { mailbox, ...foreign(lines, from) }
    else yield { mailbox, raw: Buffer.concat(lines.slice(1)).subarray(0, told.size), flags: told.flags, internalAt: told.internalAt }
  }
}

async function* readFolder(folder: string, levels: readonly string[]): AsyncGenerator<Archived> {
  for (const entry of (await readdir(folder, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* readFolder(path, [...levels, nameOf(entry.name)])
    else if (/\.(mbox|mbx)$/i.test(entry.name)) yield* readFile(path, [...levels, nameOf(entry.name.replace(/\.[^.]+$/, ''))].join('/'))
  }
}

async function* read(path: string): AsyncGenerator<Archived> {
  if (!existsSync(path)) throw new Error(`${path} is not there`)
  if ((await stat(path)).isDirectory()) yield* readFolder(path, [])
  else yield* readFile(path, nameOf(basename(path).replace(/\.(mbox|mbx)$/i, '')))
}

/** mboxrd: a file for each mailbox. */
export const mbox: Format = { id: 'mbox', write, read }
