import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Head } from './chains.ts'
import { macOfText } from './seal.ts'

/** Last known row of a chain: a row that must exist, with this MAC. */
export interface Anchor {
  readonly chain: string
  readonly seq: number
  readonly mac: string
}

const line = z.object({ at: z.string(), heads: z.array(z.tuple([z.string(), z.number(), z.string()])), mac: z.string() })

const fileOf = (dataDir: string): string => join(dataDir, 'audit-anchors.jsonl')

const sealed = (key: Buffer, at: string, heads: readonly (readonly [string, number, string])[]): string => macOfText(key, JSON.stringify([at, heads]))

/** Adds the heads to the anchor file, outside the database, where whoever cuts off a chain's end does not reach it. */
export async function writeAnchors(dataDir: string, key: Buffer, at: Date, heads: readonly Head[]): Promise<void> {
  const rows = heads.map(({ chain, seq, mac }) => [chain, seq, mac.toString('hex')] as const)
  const time = at.toISOString()
  await appendFile(fileOf(dataDir), `${JSON.stringify({ at: time, heads: rows, mac: sealed(key, time, rows) })}\n`, { mode: 0o600 })
}

function parse(key: Buffer, text: string): readonly Anchor[] | null {
  try {
    const { at, heads, mac } = line.parse(JSON.parse(text))
    return mac === sealed(key, at, heads) ? heads.map(([chain, seq, of]) => ({ chain, seq, mac: of })) : null
  } catch {
    return null
  }
}

/** Furthest anchor of each chain, and how many lines of the file are not ours. */
export async function readAnchors(dataDir: string, key: Buffer): Promise<{ anchors: ReadonlyMap<string, Anchor>; broken: number }> {
  const text = await readFile(fileOf(dataDir), 'utf8').catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? '' : Promise.reject(error)))
  const parsed = text.split('\n').filter((part) => part !== '').map((part) => parse(key, part))
  const anchors = new Map<string, Anchor>()
  for (const anchor of parsed.flatMap((found) => found ?? [])) {
    if (anchor.seq > (anchors.get(anchor.chain)?.seq ?? 0)) anchors.set(anchor.chain, anchor)
  }
  return { anchors, broken: parsed.filter((found) => found === null).length }
}
