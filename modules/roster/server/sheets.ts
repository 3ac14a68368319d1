import type { Workbook } from '#kit/api.ts'
import { Audit } from '#platform/audit/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { PreviewWire, Problem, SheetInput } from '../api.ts'
import { SHEET_COLUMNS, sheetTitle } from '../columns.ts'
import type { SheetKind } from '../columns.ts'
import { checkPeople } from '../rules/people.ts'
import { readSheet } from '../rules/read.ts'
import type { Line } from '../rules/read.ts'
import { checkUnits } from '../rules/units.ts'
import { knownForPeople, knownForUnits } from './known.ts'
import { addPeople } from './people.ts'
import { addUnits } from './units.ts'

const MOST_PROBLEMS = 500

interface Checked {
  readonly lines: readonly Line[]
  readonly problems: readonly Problem[]
  /** Takes the lines in; answers the first password of new accounts. */
  readonly take: () => Promise<string | null>
}

async function checked(ctx: ServerContext, { kind, rows }: SheetInput): Promise<Checked> {
  const { lines, problems } = readSheet(kind, rows)
  const inOrder = (more: readonly Problem[]): Problem[] => [...problems, ...more].toSorted((a, b) => a.row - b.row)
  if (kind === 'people') {
    const known = await knownForPeople(ctx, lines)
    return { lines, problems: inOrder(checkPeople(lines, known)), take: () => addPeople(ctx, lines, known) }
  }
  const known = await knownForUnits(ctx, lines)
  return { lines, problems: inOrder(checkUnits(lines, known)), take: () => addUnits(ctx, lines, known).then(() => null) }
}

export async function preview(ctx: ServerContext, input: SheetInput): Promise<PreviewWire> {
  const { lines, problems } = await checked(ctx, input)
  return { count: lines.length, problems: problems.slice(0, MOST_PROBLEMS), further: Math.max(0, problems.length - MOST_PROBLEMS) }
}

/** Everything or nothing: the sheet is checked anew in the same transaction. */
export async function apply(ctx: ServerContext, input: SheetInput): Promise<{ count: number; password: string | null }> {
  const { lines, problems, take } = await checked(ctx, input)
  if (problems.length > 0) ctx.fail('roster.rows', { problems: problems.length })
  if (lines.length === 0) ctx.fail('roster.empty')
  const password = await take()
  await ctx.use(Audit).record({ action: 'roster.import', object: { type: 'roster', id: '', title: sheetTitle[input.kind] }, difference: { count: lines.length, first: lines[0]?.cells['name'], last: lines.at(-1)?.cells['name'] } })
  return { count: lines.length, password }
}

const WIDTH = 18

/** A sheet with the head line and one line as an example. */
export const templateOf = (kind: SheetKind): Workbook => ({
  name: `${sheetTitle[kind]}导入模板`,
  columns: SHEET_COLUMNS[kind].map(({ title, required }) => ({ title: required ? `${title}*` : title, width: WIDTH })),
  rows: [SHEET_COLUMNS[kind].map(({ example }) => example)],
})
