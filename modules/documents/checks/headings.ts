import { inlineText } from '#modules/documents/body.ts'
import type { Heading } from '#modules/documents/body.ts'
import type { Draft } from '#modules/documents/checks/draft.ts'
import type { Found } from '#modules/documents/checks/finding.ts'
import { bodyParts } from '#modules/documents/checks/parts.ts'
import type { BodyPart } from '#modules/documents/checks/parts.ts'
import { parseNumberPrefix } from '#modules/documents/number-prefix.ts'

const LEVELS = ['一、', '（一）', '1.', '（1）'] as const

const problem = (part: BodyPart, message: string, usual: 'stop' | 'hint' = 'hint', more: Partial<Found> = {}): Found =>
  ({ rule: 'G13', field: 'body', usual, message, at: { ...part.at, from: 0, to: part.text.length }, ...more })

const isHeading = (part: BodyPart): part is BodyPart & { block: Heading } => part.block.type === 'heading' && part.at.part === 'text'

function checkJump(part: BodyPart & { block: Heading }, before: number, onlyTwo: boolean): Found[] {
  const { level } = part.block
  // GB/T 9704-2012, 7.3.3: with only two levels in use, 一、 and 1. are allowed.
  if (level <= before + 1 || (onlyTwo && before === 1 && level === 3)) return []
  return [problem(part, `层次越级：应先有“${LEVELS[before]}”一级再用“${LEVELS[level - 1]}”，请调整标题级别`)]
}

function checkTyped(part: BodyPart): Found[] {
  const prefix = parseNumberPrefix(part.text)
  if (!prefix || part.block.type === 'table' || part.at.part === 'rest') return []
  const typed = part.text.slice(0, part.text.length - prefix.rest.length)
  const at = { ...part.at, from: 0, to: typed.length }
  if (part.block.type === 'heading') return [problem(part, `标题序号由系统生成，请删去手工输入的“${typed.trim()}”`, 'stop', { at, replacement: '' })]
  return prefix.level < 3 ? [problem(part, `“${typed.trim()}”是手工输入的序号，请设为${prefix.level === 1 ? '一' : '二'}级标题，由系统编号`, 'hint', { at })] : []
}

function checkShape(part: BodyPart & { block: Heading }, twoLevel: boolean): Found[] {
  if (part.text.trim() === '' && inlineText(part.block.rest ?? []).trim() === '') return [problem(part, '标题没有文字，请填写或删去', 'stop')]
  if (twoLevel && part.block.level > 2) return [problem(part, '正文用到三级以上标题，请改用“一、（一）1.（1）”编号')]
  if (part.block.level === 1 && part.block.rest === undefined && /[。；：，]$/.test(part.text)) return [problem(part, '独立成行的一级标题末尾不加标点', 'hint', { at: { ...part.at, from: part.text.length - 1, to: part.text.length }, replacement: '' })]
  return []
}

/** G13: heading levels follow each other without a gap, and their numbers are generated, not typed. */
export function checkHeadings({ body, numberStyle }: Draft): Found[] {
  const parts = bodyParts(body)
  const headings = parts.filter(isHeading)
  const used = new Set(headings.map((part) => part.block.level))
  const onlyTwo = used.size === 2 && used.has(1) && used.has(3)
  const jumps = headings.flatMap((part, index) => checkJump(part, headings[index - 1]?.block.level ?? 0, onlyTwo))
  return [...jumps, ...parts.flatMap(checkTyped), ...headings.flatMap((part) => checkShape(part, numberStyle === 'two-level'))]
}
