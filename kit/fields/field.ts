import type { Condition, Operator } from '../where.ts'

/** What every field of every kind may say about itself. */
export interface FieldBase {
  readonly label: string
  readonly required?: boolean
  /** Short advice shown under the input. */
  readonly help?: string
  /** The field is asked for, and kept, only while this holds. */
  readonly when?: Condition
  /** Filled in when a new record is opened: the person acting, her unit, today, or a fixed value. */
  readonly initial?: 'me' | 'my-unit' | 'today' | { readonly is: string }
}

export interface AnyField extends FieldBase {
  readonly kind: string
}

/** Why an input was refused; `code` is a key of `kit/words.ts`, `details` fill its placeholders. */
export interface Problem {
  readonly code: string
  readonly details?: Readonly<Record<string, string | number>>
}

export type Parsed<V> = { readonly ok: true; readonly value: V } | { readonly ok: false; readonly problem: Problem }

export const accept = <V>(value: V): Parsed<V> => ({ ok: true, value })
export const refuse = (code: string, details?: Problem['details']): Parsed<never> => ({
  ok: false,
  problem: details === undefined ? { code } : { code, details },
})



/** Names of things a value only points to, by id; the server resolves them for whole pages at once. */
export type Labels = Readonly<Record<string, string>>

/**
 * Everything that depends on the kind of a field, in one place: how its input is checked, which columns keep it, how it is
 * filtered and how it reads as text. `F` is the field's definition, `V` its value as JSON.
 */
export interface FieldKind<F extends AnyField, V> {
  readonly kind: F['kind']
  /** Columns as suffix → PostgreSQL type; the suffix '' is the column named like the field. */
  readonly columns: (field: F) => Readonly<Record<string, string>>
  readonly toColumns: (value: V | null, field: F) => Readonly<Record<string, unknown>>
  readonly fromColumns: (row: Readonly<Record<string, unknown>>, field: F) => V | null
  /** Checks one non-empty input and brings it into its canonical form. */
  readonly parse: (input: unknown, field: F) => Parsed<V>
  readonly operators: readonly Operator[]
  /** The value as an official reads it in a list, an export or a print. */
  readonly text: (value: V, field: F, labels: Labels) => string
  /** JSON Schema of the value, for the published interface. */
  readonly jsonSchema: (field: F) => Readonly<Record<string, unknown>>
  /** What the value points to, if anything; `ids` lists the ids inside it. */
  readonly refers?: { readonly to: (field: F) => string; readonly ids: (value: V) => readonly string[] }
}

/** Helpers for the many kinds that live in a single column as they are. */
export function plainColumn<V>(type: string): Pick<FieldKind<AnyField, V>, 'columns' | 'toColumns' | 'fromColumns'> {
  return {
    columns: () => ({ '': type }),
    toColumns: (value) => ({ '': value }),
    fromColumns: (row) => (row[''] ?? null) as V | null,
  }
}
