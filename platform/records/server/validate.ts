import { isComputed } from '#kit/fields/computed.ts'
import { kindOf } from '#kit/fields/kinds.ts'
import type { Problem } from '#kit/fields/field.ts'
import type { Entity, Field } from '#kit/entity.ts'
import { holds } from '#kit/where.ts'
import { fieldWords, fill } from '#kit/words.ts'

type Values = Readonly<Record<string, unknown>>

export interface FieldProblem {
  readonly field: string
  readonly message: string
}

export interface Validation {
  readonly values: Values
  readonly problems: readonly FieldProblem[]
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0)

const sentence = (field: Field, problem: Problem): string =>
  fill(fieldWords[problem.code as keyof typeof fieldWords] ?? problem.code, { label: field.label, ...problem.details })

const word = (code: keyof typeof fieldWords, label: string): string => fill(fieldWords[code], { label })

function parseOne(field: Field, input: unknown): { value: unknown; problem?: Problem } {
  if (isEmpty(input)) return { value: null }
  const parsed = kindOf(field).parse(input, field)
  return parsed.ok ? { value: parsed.value } : { value: null, problem: parsed.problem }
}

/**
 * Checks what a person typed against the definition: unknown, computed and read-only fields are refused, each input brought into its
 * canonical form. What is required is only asked for by `missing`, because drafts may be incomplete.
 */
export function validate(entity: Entity, input: Values, writable: (key: string) => boolean): Validation {
  const values: Record<string, unknown> = {}
  const problems: FieldProblem[] = []
  for (const [key, raw] of Object.entries(input)) {
    const field = Object.hasOwn(entity.fields, key) ? entity.fields[key] : undefined
    if (field === undefined) problems.push({ field: key, message: word('kit.unknown-field', key) })
    else if (isComputed(field)) problems.push({ field: key, message: word('kit.computed.typed', field.label) })
    else if (!writable(key)) problems.push({ field: key, message: word('kit.read-only', field.label) })
    else {
      const { value, problem } = parseOne(field, raw)
      values[key] = value
      if (problem !== undefined) problems.push({ field: key, message: sentence(field, problem) })
    }
  }
  return { values, problems }
}

/** Fields that do not apply because their `when` does not hold; their values are dropped when the record is handed in. */
export const inapplicable = (entity: Entity, values: Values): readonly string[] =>
  Object.entries(entity.fields).filter(([, field]) => field.when !== undefined && !holds(field.when, values)).map(([key]) => key)

/** Required fields, and those named in `also`, that apply and are still empty. */
export function missing(entity: Entity, values: Values, also: readonly string[] = []): readonly FieldProblem[] {
  const skip = new Set(inapplicable(entity, values))
  return Object.entries(entity.fields)
    .filter(([key, field]) => (field.required === true || also.includes(key)) && !skip.has(key) && !isComputed(field) && isEmpty(values[key]))
    .map(([key, field]) => ({ field: key, message: word('kit.required', field.label) }))
}
