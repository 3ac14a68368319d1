import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { eml } from './eml.ts'
import type { Format } from './format.ts'
import { maildir } from './maildir.ts'
import { mbox } from './mbox.ts'

export const FORMATS: readonly Format[] = [maildir, mbox, eml]

/** What lies at a path, told by its names; null when it is none of ours, or nothing. */
export async function recognise(path: string): Promise<Format | null> {
  if (!existsSync(path)) return null
  if (!(await stat(path)).isDirectory()) return /\.eml$/i.test(path) ? eml : mbox
  if (['', ...(await readdir(path)).filter((name) => name.startsWith('.'))].some((name) => existsSync(join(path, name, 'cur')))) return maildir
  const names = (await readdir(path, { recursive: true })).map((name) => name.toLowerCase())
  if (names.some((name) => /\.mbo?x$/.test(name))) return mbox
  return names.some((name) => name.endsWith('.eml')) ? eml : null
}
