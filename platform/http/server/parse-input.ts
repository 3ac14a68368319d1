import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { isStorable } from '#base/text.ts'
import { Failure } from '#kit/failure.ts'
import { describeProblems } from './problems.ts'
import type { FieldProblem } from './problems.ts'

/** No form of ours nests its values nearly as deep. */
const DEEPEST = 60

/** What people type into forms: each kind of field cleans it by its own rules, and says so by its label. */
const TYPED = new Set(['values', 'form'])

const nestedTooDeep = (value: unknown, depth = 0): boolean => typeof value === 'object' && value !== null && (depth > DEEPEST || Object.values(value).some((part) => nestedTooDeep(part, depth + 1)))

/** The first text in the input that could not be kept. */
function unfit(value: unknown, field: string, typed: ReadonlySet<string> = new Set()): FieldProblem | null {
  if (typeof value === 'string') return isStorable(value) ? null : { field, message: `${field === '' ? '内容' : field} 含有无法保存的字符，请删除后重试` }
  if (typeof value !== 'object' || value === null) return null
  for (const [key, part] of Object.entries(value)) {
    if (typed.has(key)) continue
    const found = (isStorable(key) ? null : unfit(key, field)) ?? unfit(part, field === '' ? key : `${field}.${key}`)
    if (found !== null) return found
  }
  return null
}

const refused = (fields: readonly FieldProblem[]): Failure => new Failure('http.invalid', { problems: fields.map((one) => one.message).join('；'), fields })

/** Path, query and body of a request as the input its shape promises. Ends with 400 `http.invalid`, naming each field that is wrong. */
export function parseInput<T extends z.ZodType>(shape: T, { body: sent, query, params }: Pick<FastifyRequest, 'body' | 'query' | 'params'>): z.output<T> {
  const body = typeof sent === 'object' && sent !== null && !Array.isArray(sent) ? sent : {}
  const merged = { ...(query as object), ...body, ...(params as object) }
  if (nestedTooDeep(merged)) throw refused([{ field: '', message: '内容嵌套层级过深' }])
  const bad = unfit(merged, '', TYPED)
  if (bad !== null) throw refused([bad])
  const parsed = shape.safeParse(merged)
  if (parsed.success) return parsed.data
  throw refused(describeProblems(parsed.error))
}
