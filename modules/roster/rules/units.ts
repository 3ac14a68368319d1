import { isSocialCreditCode } from '#base/social-credit-code.ts'
import type { Problem } from '../api.ts'
import { cellWords } from '../words.ts'
import { checkCells, isOrder, twice, within } from './read.ts'
import type { Line } from './read.ts'

export const UNIT_KINDS = ['党委', '人大', '政府', '政协', '纪委监委', '法检', '人民团体', '街道镇', '事业单位', '内设机构', '临时机构'] as const
const YES_NO = ['是', '否'] as const
const LONGEST_NAME = 60

export interface KnownForUnits {
  /** Ids of the units within reach by path: an organisation's name or short name, then its departments. */
  readonly paths: ReadonlyMap<string, string>
  /** Names that stand below a unit already, by its id. */
  readonly below: ReadonlyMap<string, ReadonlySet<string>>
  /** Whether organisations may be added, not only departments. */
  readonly organisations: boolean
}

/** Where a line hangs: below a unit that is there, or below another line. */
export type Parent = { readonly id: string } | { readonly line: Line }

/** Lines by what others call them: their name, or path below a unit that is there. */
function linesByName(lines: readonly Line[]): ReadonlyMap<string, Line> {
  return new Map(lines.flatMap((line) => [line.cells['name'] ?? '', `${line.cells['parent']}/${line.cells['name']}`].map((name) => [name, line] as const)).toReversed())
}

export function parentsOf(lines: readonly Line[], known: KnownForUnits): (line: Line) => Parent | undefined {
  const byName = linesByName(lines)
  return ({ cells }) => {
    const name = cells['parent'] ?? ''
    const id = known.paths.get(name)
    if (id !== undefined) return { id }
    const line = byName.get(name)
    return line === undefined ? undefined : { line }
  }
}

/** Whether a line hangs below itself. */
function isCircle(line: Line, parentOf: (line: Line) => Parent | undefined): boolean {
  const seen = new Set<Line>()
  for (let at: Line | undefined = line; at !== undefined;) {
    if (seen.has(at)) return true
    seen.add(at)
    const parent = parentOf(at)
    at = parent !== undefined && 'line' in parent ? parent.line : undefined
  }
  return false
}

/** Everything wrong with the cells of a sheet of units. */
export function checkUnits(lines: readonly Line[], known: KnownForUnits): Problem[] {
  const [nameTwice, codeTwice] = [twice(cellWords.unitTwice), twice(cellWords.unitTwice)]
  const parentOf = parentsOf(lines, known)
  return checkCells('units', lines, {
    name: (text, line) => {
      if (text.length > LONGEST_NAME || text.includes('/')) return cellWords.long(LONGEST_NAME)
      const parent = parentOf(line)
      if (parent !== undefined && 'id' in parent && known.below.get(parent.id)?.has(text) === true) return cellWords.unitThere
      return nameTwice(`${line.cells['parent']}/${text}`, line.row)
    },
    shortName: within(LONGEST_NAME),
    parent: (_, line) => (parentOf(line) === undefined ? cellWords.parent : isCircle(line, parentOf) ? cellWords.circle : null),
    kind: (text) => ((UNIT_KINDS as readonly string[]).includes(text) ? null : cellWords.choice(UNIT_KINDS)),
    organisation: (text) => (!(YES_NO as readonly string[]).includes(text) ? cellWords.choice(YES_NO) : text === '是' && !known.organisations ? cellWords.ownOnly : null),
    docCode: within(20),
    code: (text, { row }) => (isSocialCreditCode(text) ? codeTwice(text, row) : cellWords.code),
    order: isOrder,
  })
}
