import { headingNumber } from '#modules/documents/body.ts'
import type { Block, NumberStyle } from '#modules/documents/body.ts'
import { alignLines } from '#modules/documents/compare/align.ts'
import { linesOf, signature } from '#modules/documents/compare/lines.ts'
import type { Line, Shape } from '#modules/documents/compare/lines.ts'
import { diffWords } from '#modules/documents/compare/words.ts'

/** A stored version of a body and who made it; versions come oldest first. */
export type Version = { version: number; by: string; body: readonly Block[] }

/** Index into the history: when a character or line came, and when it went. Of the first version: 0. */
type Life = { added: number; removed: number | null }
type Char = Life & { char: string }
/** `shape` is that of the newest version it lives in; `was` the one before, if it changed. `moved`: gone here and come there, or the reverse. */
type LivingLine = Life & { shape: Shape; was?: Shape; moved?: true; parts: Char[][] }

/** Letters of one fate. `by` and `version` tell who added or removed them; removed letters also say who had added them, if not the first version. */
export type Run = { kind: 'same' | 'added' | 'removed'; text: string; by?: string; version?: number; addedBy?: string }

export type ComparedState = 'same' | 'changed' | 'added' | 'removed'

export type ComparedLine = {
  state: ComparedState
  by?: string
  version?: number
  /** The line stands elsewhere too: `removed` is where it was, `added` where it is now. */
  moved?: true
}
export type ComparedText = ComparedLine & { type: 'heading' | 'paragraph'; level: 0 | 1 | 2 | 3 | 4; was?: 0 | 1 | 2 | 3 | 4; number: string | null; text: Run[]; rest: Run[] }
export type ComparedTable = { type: 'table'; state: ComparedState; rows: (ComparedLine & { cells: Run[][] })[] }
export type ComparedBlock = ComparedText | ComparedTable

const born = (text: string, at: number): Char[] => Array.from(text, (char) => ({ char, added: at, removed: null }))

const newLine = (line: Line, at: number): LivingLine => ({ shape: line.shape, parts: line.parts.map((part) => born(part, at)), added: at, removed: null })

const alive = (life: Life): boolean => life.removed === null

const livingText = (chars: readonly Char[]): string => chars.filter(alive).map((item) => item.char).join('')

const living = ({ shape, parts }: LivingLine): Line => ({ shape, parts: parts.map(livingText) })

/** Applies the edits between the living letters and the new text; letters that are gone keep their place. */
function editChars(chars: readonly Char[], fresh: string, at: number): Char[] {
  const result: Char[] = []
  let index = 0
  const take = (count: number, removed: number | null): void => {
    for (let left = count; left > 0; index++) {
      const item = chars[index]
      if (!item) return
      result.push(alive(item) && removed !== null ? { ...item, removed } : item)
      if (alive(item)) left--
    }
  }
  for (const edit of diffWords(livingText(chars), fresh)) {
    if (edit.kind === 'insert') result.push(...born(edit.text, at))
    else take(edit.count, edit.kind === 'delete' ? at : null)
  }
  return [...result, ...chars.slice(index)]
}

const die = (line: LivingLine, at: number): LivingLine => ({ ...line, removed: at, parts: line.parts.map((part) => part.map((item) => (alive(item) ? { ...item, removed: at } : item))) })

function editLine(line: LivingLine, fresh: Line, at: number): LivingLine {
  const count = Math.max(line.parts.length, fresh.parts.length)
  const parts = Array.from({ length: count }, (_, index) => editChars(line.parts[index] ?? [], fresh.parts[index] ?? '', at))
  const [before, after] = [line.shape, fresh.shape]
  const changed = before.kind !== after.kind || (before.kind === 'heading' && after.kind === 'heading' && before.level !== after.level)
  return { ...line, shape: after, parts, ...(changed && { was: before }) }
}

/** Lines shorter than this come and go too often to be called moved. */
const LEAST_MOVED = 6

/** Marks lines that went and came again, letter for letter, in the same version. */
function markMoves(lines: readonly LivingLine[], at: number): LivingLine[] {
  const went = new Map<string, number>()
  const text = (line: LivingLine): string => signature({ shape: line.shape, parts: line.parts.map((part) => part.filter((item) => item.removed === line.removed).map((item) => item.char).join('')) })
  lines.forEach((line, index) => line.removed === at && went.set(text(line), index))
  const moved = new Set<number>()
  lines.forEach((line, index) => {
    const key = text(line)
    const from = line.added === at && alive(line) && key.length >= LEAST_MOVED ? went.get(key) : undefined
    if (from === undefined) return
    went.delete(key)
    moved.add(index).add(from)
  })
  return lines.map((line, index) => (moved.has(index) ? { ...line, moved: true } : line))
}

function nextVersion(lines: readonly LivingLine[], body: readonly Block[], at: number): LivingLine[] {
  const fresh = linesOf(body)
  const indices = lines.flatMap((line, index) => (alive(line) ? [index] : []))
  const steps = alignLines(indices.map((index) => living(lines[index] ?? newLine({ shape: { kind: 'paragraph' }, parts: [] }, at))), fresh)
  const result: LivingLine[] = []
  let next = 0
  for (const step of steps) {
    if (step.kind === 'added') {
      const line = fresh[step.new]
      if (line) result.push(newLine(line, at))
      continue
    }
    const index = indices[step.old] ?? lines.length
    result.push(...lines.slice(next, index))
    next = index + 1
    const [line, target] = [lines[index], step.kind === 'pair' ? fresh[step.new] : undefined]
    if (line) result.push(target ? editLine(line, target, at) : die(line, at))
  }
  return markMoves([...result, ...lines.slice(next)], at)
}

const kindOf = (life: Life): Run['kind'] => (life.removed !== null ? 'removed' : life.added > 0 ? 'added' : 'same')

function runsOf(chars: readonly Char[], history: readonly Version[]): Run[] {
  const runs: { run: Run; added: number; removed: number | null }[] = []
  for (const { char, added, removed } of chars) {
    const last = runs.at(-1)
    if (last && last.added === added && last.removed === removed) last.run.text += char
    else {
      const kind = kindOf({ added, removed })
      const by = history[removed ?? added]
      const author = removed !== null && added > 0 ? history[added] : undefined
      runs.push({ added, removed, run: { kind, text: char, ...(kind !== 'same' && by && { by: by.by, version: by.version }), ...(author && { addedBy: author.by }) } })
    }
  }
  return runs.map(({ run }) => run)
}

function lineFate(line: LivingLine, history: readonly Version[]): ComparedLine {
  const kind = kindOf(line)
  const touched = line.was !== undefined || line.parts.some((part) => part.some((item) => kindOf(item) !== 'same'))
  const by = kind === 'same' ? undefined : history[line.removed ?? line.added]
  return { state: kind === 'same' && touched ? 'changed' : kind, ...(by && { by: by.by, version: by.version }), ...(line.moved && { moved: true }) }
}

const levelOf = (shape: Shape): ComparedText['level'] => (shape.kind === 'heading' ? shape.level : 0)

function tableState(rows: readonly ComparedLine[]): ComparedState {
  const [first] = rows
  return first && rows.every((row) => row.state === first.state) ? first.state : 'changed'
}

/** Counts a heading in and gives its number; null for a paragraph. */
function countHeading(shape: Shape, counts: number[], style: NumberStyle): string | null {
  if (shape.kind !== 'heading') return null
  const nth = (counts[shape.level - 1] ?? 0) + 1
  counts[shape.level - 1] = nth
  counts.fill(0, shape.level)
  return headingNumber(shape.level, nth, style)
}

function present(lines: readonly LivingLine[], history: readonly Version[], style: NumberStyle): ComparedBlock[] {
  const blocks: ComparedBlock[] = []
  const counts = [0, 0, 0, 0]
  for (const line of lines) {
    const fate = lineFate(line, history)
    const runs = line.parts.map((part) => runsOf(part, history))
    const last = blocks.at(-1)
    if (line.shape.kind === 'row') {
      const row = { ...fate, cells: runs }
      if (last?.type === 'table' && !line.shape.opens) last.rows.push(row)
      else blocks.push({ type: 'table', state: fate.state, rows: [row] })
      continue
    }
    const number = alive(line) ? countHeading(line.shape, counts, style) : null
    blocks.push({ ...fate, type: line.shape.kind, level: levelOf(line.shape), ...(line.was && { was: levelOf(line.was) }), number, text: runs[0] ?? [], rest: runs[1] ?? [] })
  }
  return blocks.map((block) => (block.type === 'table' ? { ...block, state: tableState(block.rows) } : block))
}

/**
 * 花脸稿 of a whole history: every letter that survived or was struck, with the version and person that added or removed it. Numbers are those
 * of the newest version. Emphasis is not compared, only words and structure.
 */
export function blame(history: readonly Version[], style: NumberStyle = 'standard'): ComparedBlock[] {
  const [first, ...later] = history
  if (!first) return []
  let lines = linesOf(first.body).map((line) => newLine(line, 0))
  later.forEach((version, index) => {
    lines = nextVersion(lines, version.body, index + 1)
  })
  return present(lines, history, style)
}

/** 花脸稿 between two versions. */
export const compare = (old: Version, fresh: Version, style: NumberStyle = 'standard'): ComparedBlock[] => blame([old, fresh], style)
