/** A run of text on a page as PDF keeps it: its left end and baseline in points from the page's lower left corner. */
export interface Run {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  /** Height of the type. */
  readonly size: number
}

interface Line {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly y: number
  readonly size: number
}

const PAGE_NUMBER = /^[—–-]\s*\d+\s*[—–-]$/
const LATIN = /[A-Za-z0-9,.;:)]$/

/** A gap between two Latin words is a space; between Chinese letters and figures it is only set so. */
function joined(parts: readonly Run[]): string {
  return parts.reduce((text, run, index) => {
    const before = parts[index - 1]
    const gap = before !== undefined && run.x - before.x - before.width > run.size * 0.15
    return gap && LATIN.test(text) && /^[A-Za-z]/.test(run.text) ? `${text} ${run.text}` : text + run.text
  }, '').trim()
}

/** Runs on one baseline, from left to right. */
function linesOf(runs: readonly Run[]): readonly Line[] {
  const rows: Run[][] = []
  for (const run of runs.filter(({ text }) => text.trim() !== '').toSorted((a, b) => b.y - a.y || a.x - b.x)) {
    const row = rows.at(-1)
    const first = row?.[0]
    if (row !== undefined && first !== undefined && Math.abs(first.y - run.y) < Math.min(first.size, run.size) * 0.5) row.push(run)
    else rows.push([run])
  }
  return rows.map((row) => {
    const parts = row.toSorted((a, b) => a.x - b.x)
    return {
      text: joined(parts), left: Math.min(...parts.map(({ x }) => x)), right: Math.max(...parts.map(({ x, width }) => x + width)),
      y: parts[0]?.y ?? 0, size: Math.max(...parts.map(({ size }) => size)),
    }
  })
}

/** The margin most lines begin at. */
function marginOf(lines: readonly Line[]): number {
  const counts = Map.groupBy(lines, ({ left }) => Math.round(left / 2) * 2)
  const [[margin = 0] = []] = [...counts].toSorted(([a, some], [b, more]) => more.length - some.length || a - b)
  return margin
}

/** A new paragraph begins where a line is indented, changes its size, or follows one that ended before the edge. */
function begins(line: Line, before: Line | undefined, margin: number, edge: number): boolean {
  if (before === undefined) return true
  const indented = line.left - margin > line.size * 1.2
  const resized = Math.abs(line.size - before.size) > 1
  return indented || resized || edge - before.right > before.size * 1.5
}

/** Paragraphs of a page in reading order, without its page number. Chinese lines join without a space, as they are set. */
export function paragraphsOf(runs: readonly Run[]): readonly string[] {
  const lines = linesOf(runs).filter(({ text }) => !PAGE_NUMBER.test(text))
  const margin = marginOf(lines)
  const edge = Math.max(...lines.map(({ right }) => right), 0)
  const found: string[] = []
  for (const [index, line] of lines.entries()) {
    if (begins(line, lines[index - 1], margin, edge)) found.push(line.text)
    else {
      const last = found.pop() ?? ''
      found.push(LATIN.test(last) && /^[A-Za-z]/.test(line.text) ? `${last} ${line.text}` : last + line.text)
    }
  }
  return found
}
