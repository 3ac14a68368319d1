import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeMailboxName, encodeMailboxName } from '../imap/mailbox-name.ts'
import type { Archived, Format, Numbered } from './format.ts'
import { shortened } from './names.ts'

/** Letters of system flags in file names, in the order in which they stand there. */
const LETTERS = [['D', '\\Draft'], ['F', '\\Flagged'], ['R', '\\Answered'], ['S', '\\Seen'], ['T', '\\Deleted']] as const
/** Keywords by letter, a to z: a file of the folder, as Dovecot keeps it. */
const KEYWORDS = 'dovecot-keywords'
const MOST_KEYWORDS = 26
const letterOf = (index: number): string => String.fromCharCode(97 + index)

/** Maildir++: INBOX is the folder itself, others lie in it as `.level.level` in modified UTF-7; a dot inside a level is written `&AC4-`. */
const folderOf = (mailbox: string): string => (mailbox === 'INBOX' ? '' : shortened(`.${mailbox.split('/').map((level) => encodeMailboxName(level).replaceAll('.', '&AC4-')).join('.')}`))

const mailboxOf = (folder: string): string =>
  folder === '' ? 'INBOX' : folder.slice(1).split('.').map((level) => level.split('&AC4-').map((part) => decodeMailboxName(part) ?? part).join('.')).join('/')

/** The folder in the order of its letters; new keywords get the next free one. */
class Keywords {
  readonly #names: string[]

  constructor(names: readonly string[]) {
    this.#names = [...names]
  }

  static async of(folder: string): Promise<Keywords> {
    const text = existsSync(join(folder, KEYWORDS)) ? await readFile(join(folder, KEYWORDS), 'utf8') : ''
    return new Keywords(text.split('\n').flatMap((line) => /^\d+ (.+)$/.exec(line)?.[1] ?? []))
  }

  letters(flags: readonly string[]): string {
    const given = flags.filter((flag) => !flag.startsWith('\\'))
    for (const name of given) if (!this.#names.includes(name) && this.#names.length < MOST_KEYWORDS) this.#names.push(name)
    return given.map((name) => this.#names.indexOf(name)).filter((index) => index >= 0).toSorted((a, b) => a - b).map(letterOf).join('')
  }

  name(letter: string): string | undefined {
    return this.#names[letter.charCodeAt(0) - 97]
  }

  async save(folder: string): Promise<void> {
    if (this.#names.length > 0) await writeFile(join(folder, KEYWORDS), `${this.#names.map((name, index) => `${index} ${name}`).join('\n')}\n`)
  }
}

function flagsOf(file: string, keywords: Keywords): readonly string[] {
  const letters = /:2,([A-Za-z]*)$/.exec(file)?.[1] ?? ''
  return [...letters].flatMap((letter) => LETTERS.find(([one]) => one === letter)?.[1] ?? keywords.name(letter) ?? [])
}

async function put(folder: string, { uid, raw, flags, internalAt }: Numbered, keywords: Keywords): Promise<void> {
  const letters = LETTERS.filter(([, flag]) => flags.includes(flag)).map(([letter]) => letter).join('')
  const base = `${Math.floor(internalAt / 1000)}.M${internalAt % 1000}U${uid}.chengming,S=${raw.length}`
  const path = join(folder, 'cur', `${base}:2,${letters}${keywords.letters(flags)}`)
  if (existsSync(path)) return
  await writeFile(join(folder, 'tmp', base), raw)
  await utimes(join(folder, 'tmp', base), internalAt / 1000, internalAt / 1000)
  await rename(join(folder, 'tmp', base), path)
}

async function write(root: string, mailbox: string, messages: AsyncIterable<Numbered>): Promise<number> {
  const folder = join(root, folderOf(mailbox))
  for (const part of ['cur', 'new', 'tmp']) await mkdir(join(folder, part), { recursive: true, mode: 0o700 })
  if (mailbox !== 'INBOX') await writeFile(join(folder, 'maildirfolder'), '')
  const keywords = await Keywords.of(folder)
  let count = 0
  for await (const message of messages) {
    await put(folder, message, keywords)
    count++
  }
  await keywords.save(folder)
  return count
}

async function* readFolder(folder: string, mailbox: string): AsyncGenerator<Archived> {
  const keywords = await Keywords.of(folder)
  for (const part of ['cur', 'new']) {
    for (const name of (await readdir(join(folder, part)).catch(() => [])).toSorted(inOrder)) {
      const path = join(folder, part, name)
      const { mtimeMs } = await stat(path)
      yield { mailbox, raw: await readFile(path), flags: flagsOf(name, keywords), internalAt: millisOf(name) ?? Math.floor(mtimeMs) }
    }
  }
}

/** Our names tell the millisecond and the UID; others are ordered by their second. */
const millisOf = (name: string): number | null => {
  const [, seconds, millis] = /^(\d+)\.M(\d+)U\d+\.chengming,/.exec(name) ?? []
  return seconds === undefined ? null : Number(seconds) * 1000 + Number(millis)
}
const uidOf = (name: string): number => Number(/U(\d+)\.chengming,/.exec(name)?.[1] ?? 0)
const inOrder = (a: string, b: string): number => uidOf(a) - uidOf(b) || (Number.parseInt(a, 10) || 0) - (Number.parseInt(b, 10) || 0) || (a < b ? -1 : 1)

async function* read(root: string): AsyncGenerator<Archived> {
  yield* readFolder(root, 'INBOX')
  for (const entry of (await readdir(root, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory() && entry.name.startsWith('.') && entry.name.length > 1) yield* readFolder(join(root, entry.name), mailboxOf(entry.name))
  }
}

/** Maildir++ as Dovecot and Courier keep it. */
export const maildir: Format = { id: 'maildir', write, read }
