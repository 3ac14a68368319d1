/** Comparison of one field with one value. `empty` and `filled` ignore the value. */
export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not-in' | 'contains' | 'overlaps' | 'empty' | 'filled'

/** JSON value a condition may compare with; symbolic values such as 'me' or 'this-week' are translated by the caller's `resolve`. */
export type ConditionValue = string | number | boolean | null | readonly (string | number)[] | { readonly start: string; readonly end: string }

export type FieldCondition = { readonly kind: 'field'; readonly field: string; readonly op: Operator; readonly value: ConditionValue }
/** The whole condition language: `field op value`, and, or. Plain JSON, evaluated by `holds` in the browser and on the server. */
export type Condition =
  | FieldCondition
  | { readonly kind: 'and'; readonly all: readonly Condition[] }
  | { readonly kind: 'or'; readonly any: readonly Condition[] }

/** Compares a field (a dotted path such as `period.end`) with a value. */
export function where(field: string, op: 'empty' | 'filled'): FieldCondition
export function where(field: string, op: Exclude<Operator, 'empty' | 'filled'>, value: ConditionValue): FieldCondition
export function where(field: string, op: Operator, value: ConditionValue = null): FieldCondition {
  return { kind: 'field', field, op, value }
}

/** True when every part holds; an empty list holds. */
export const and = (...all: readonly Condition[]): Condition => ({ kind: 'and', all })

/** True when at least one part holds; an empty list does not hold. */
export const or = (...any: readonly Condition[]): Condition => ({ kind: 'or', any })

/** Value at a dotted path in plain data; undefined when any part is missing. */
export function valueAt(values: Readonly<Record<string, unknown>>, path: string): unknown {
  let value: unknown = values
  for (const part of path.split('.')) {
    if (!isRecord(value) || !Object.hasOwn(value, part)) return undefined
    value = value[part]
  }
  return value
}

/**
 * Evaluates a condition over plain values. A missing value satisfies only `empty`, `!=` and `not-in`; values of different types are never
 * ordered, so a wrong type makes a comparison false instead of converting silently.
 * @param resolve translates symbolic condition values ('me', 'this-week') before comparing
 */
export function holds(
  condition: Condition,
  values: Readonly<Record<string, unknown>>,
  resolve: (value: ConditionValue, field: string) => unknown = (value) => value,
): boolean {
  if (condition.kind === 'and') return condition.all.every((part) => holds(part, values, resolve))
  if (condition.kind === 'or') return condition.any.some((part) => holds(part, values, resolve))
  return compare(valueAt(values, condition.field), condition.op, resolve(condition.value, condition.field))
}

/** Names of the top-level fields a condition reads, without repetition. */
export function fieldsOf(condition: Condition): readonly string[] {
  if (condition.kind === 'field') return [condition.field.split('.')[0] ?? condition.field]
  const parts = condition.kind === 'and' ? condition.all : condition.any
  return [...new Set(parts.flatMap(fieldsOf))]
}

function compare(actual: unknown, op: Operator, wanted: unknown): boolean {
  switch (op) {
    case '=': return same(actual, wanted)
    case '!=': return !same(actual, wanted)
    case '<': return ordered(actual, wanted, (sign) => sign < 0)
    case '<=': return ordered(actual, wanted, (sign) => sign <= 0)
    case '>': return ordered(actual, wanted, (sign) => sign > 0)
    case '>=': return ordered(actual, wanted, (sign) => sign >= 0)
    case 'in': return Array.isArray(wanted) && wanted.some((one) => same(actual, one))
    case 'not-in': return Array.isArray(wanted) && !wanted.some((one) => same(actual, one))
    case 'contains': return contains(actual, wanted)
    case 'overlaps': return isPeriod(actual) && isPeriod(wanted) && actual.start <= wanted.end && wanted.start <= actual.end
    case 'empty': return isEmpty(actual)
    case 'filled': return !isEmpty(actual)
  }
}

const same = (a: unknown, b: unknown): boolean => (a ?? null) === (b ?? null)

function ordered(a: unknown, b: unknown, accept: (sign: number) => boolean): boolean {
  if (typeof a === 'number' && typeof b === 'number') return accept(a - b)
  if (typeof a === 'string' && typeof b === 'string') return accept(a < b ? -1 : a > b ? 1 : 0)
  return false
}

function contains(actual: unknown, wanted: unknown): boolean {
  if (Array.isArray(actual)) return actual.some((one) => same(one, wanted))
  return typeof actual === 'string' && typeof wanted === 'string' && actual.includes(wanted)
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

const isPeriod = (value: unknown): value is { start: string; end: string } =>
  isRecord(value) && typeof value['start'] === 'string' && typeof value['end'] === 'string'
