import { z } from 'zod'
import type { ServerContext } from '#platform/db/server/context.ts'

/** Most of everything a body may hold: the text of a long plan fits many times over, a hostile one does not. */
const MOST = { blocks: 3000, inlines: 500, characters: 400_000, rows: 500, cells: 30 } as const

const inline = z.strictObject({ text: z.string().max(20_000), bold: z.literal(true).optional() })
const inlines = z.array(inline).max(MOST.inlines)
const span = z.int().min(1).max(MOST.cells).optional()
const cell = z.strictObject({ text: inlines, colspan: span, rowspan: span, align: z.enum(['left', 'center', 'right']).optional() })
const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('heading'), level: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]), text: inlines, rest: inlines.optional() }),
  z.strictObject({ type: z.literal('paragraph'), text: inlines }),
  z.strictObject({ type: z.literal('table'), rows: z.array(z.strictObject({ cells: z.array(cell).max(MOST.cells) })).max(MOST.rows), header: z.int().min(0).max(MOST.rows).optional() }),
])

/** What the field `body` keeps. */
const bodyShape = z.strictObject({ blocks: z.array(block), numberStyle: z.enum(['standard', 'two-level']).optional() })

const lettersOf = (value: unknown): number =>
  typeof value === 'string' ? value.length : typeof value === 'object' && value !== null ? Object.values(value).reduce<number>((sum, part) => sum + lettersOf(part), 0) : 0

/** Checks a body that comes from outside; its characters are judged by the drafting rules, not here. */
export function checkBody(ctx: ServerContext, value: unknown): object {
  const blocks = typeof value === 'object' && value !== null && 'blocks' in value && Array.isArray(value.blocks) ? value.blocks.length : 0
  if (blocks > MOST.blocks) ctx.fail('documents.body.large', { what: `${blocks} 段`, most: `${MOST.blocks} 段` })
  const letters = lettersOf(value)
  if (letters > MOST.characters) ctx.fail('documents.body.large', { what: `${letters} 字`, most: `${MOST.characters} 字` })
  const parsed = bodyShape.safeParse(value)
  return parsed.success ? parsed.data : ctx.fail('documents.body.shape', { reason: `第 ${Number(parsed.error.issues[0]?.path[1] ?? 0) + 1} 段无法识别` })
}
