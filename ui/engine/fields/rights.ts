import type { Field, Fields } from '#kit/entity.ts'
import { fill, fieldWords } from '#kit/words.ts'
import { kindOf } from '#kit/fields/kinds.ts'
import type { Problem } from '#kit/fields/field.ts'
import { holds } from '#kit/where.ts'
import type { Values } from '#ui/api/records.ts'

/** How this person may use a field here; a field left out is hidden. */
export type Rights = Readonly<Record<string, 'read' | 'write'>>

export const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** The field is asked for only while its condition holds. */
export const isAsked = (field: Field, values: Values): boolean => field.when === undefined || holds(field.when, values)

const isWord = (code: string): code is keyof typeof fieldWords => Object.hasOwn(fieldWords, code)

export function sentence({ code, details }: Problem, label: string): string {
  return isWord(code) ? fill(fieldWords[code], { ...details, label }) : `${label}有误`
}

/** The first thing wrong with one value, or null. */
export function problemOf(field: Field, value: unknown, required = field.required === true): string | null {
  if (isBlank(value)) return required ? sentence({ code: 'kit.required' }, field.label) : null
  const parsed = kindOf(field).parse(value, field)
  return parsed.ok ? null : sentence(parsed.problem, field.label)
}

interface Checked {
  readonly fields: Fields
  readonly rights: Rights
  readonly values: Values
  /** Fields a step demands beyond those the form demands itself. */
  readonly requires?: readonly string[]
}

/** All problems of what a person may write, by field, in the form's order. */
export function problemsOf({ fields, rights, values, requires = [] }: Checked): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const [key, field] of Object.entries(fields)) {
    if (rights[key] !== 'write' || field.kind === 'computed' || !isAsked(field, values)) continue
    const problem = problemOf(field, values[key], field.required === true || requires.includes(key))
    if (problem !== null) found[key] = problem
  }
  return found
}
