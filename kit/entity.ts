import type { ChoiceField } from './fields/choice.ts'
import type { ComputedField } from './fields/computed.ts'
import type { DateField } from './fields/date.ts'
import type { DateTimeField } from './fields/date-time.ts'
import type { DictionaryField } from './fields/dictionary.ts'
import type { NumberField } from './fields/number.ts'
import type { Period, PeriodField } from './fields/period.ts'
import type { FilesField, PeopleField, PersonField, UnitField, UnitsField } from './fields/reference.ts'
import type { StructuredField } from './fields/structured.ts'
import type { TextField } from './fields/text.ts'
import type { YesNoField } from './fields/yes-no.ts'
import type { OpinionAreas } from './opinions.ts'

export type Field =
  | TextField | NumberField | DateField | DateTimeField | PeriodField | YesNoField | ChoiceField | DictionaryField
  | PersonField | PeopleField | UnitField | UnitsField | FilesField | ComputedField | StructuredField

export type Fields = Readonly<Record<string, Field>>

type Plain<F> = F extends { kind: 'text' | 'date' | 'date-time' | 'dictionary' | 'person' | 'unit' } ? string
  : F extends { kind: 'number' } ? number
  : F extends { kind: 'yes-no' } ? boolean
  : F extends { kind: 'period' } ? Period
  : F extends { kind: 'choice'; options: infer C } ? keyof C & string
  : F extends { kind: 'people' | 'units' | 'files' } ? readonly string[]
  : F extends { kind: 'computed'; as: 'number' } ? number
  : F extends { kind: 'computed' } ? string
  : F extends { kind: 'structured' } ? object
  : never

type Optional<F> = F extends { required: true; when?: undefined } ? never : null

/** The JSON values of a record: required fields are always there, the others may be null. */
export type ValuesOf<E> = E extends { fields: infer F extends Fields } ? { readonly [K in keyof F]: Plain<F[K]> | Optional<F[K]> } : never

export interface EntityOptions<S extends Readonly<Record<string, string>> = Readonly<Record<string, string>>> {
  /** Life of a record: state → label, the first one being that of a new record. */
  readonly states: S
  /** Pattern of its running number, with {year}, {n}, {unit}; drawn when the flow starts unless `numberAt` says otherwise. */
  readonly number?: string
  /** Pattern of its title, with field names in braces. */
  readonly title: string
  /** Years to keep after the end; without it a record is kept for good. */
  readonly keepYears?: number
  /** Fields whose text the search finds; text fields unless told. */
  readonly searchable?: readonly string[]
  /** Named places in which opinions stand, in the order of the form; steps name them. */
  readonly opinions?: OpinionAreas
  /** False for records that only the system opens, such as a summons. */
  readonly opens?: boolean
  /** Action of the module that lets people open a record by hand; `create` unless told. */
  readonly createAction?: string
}

export interface Entity<N extends string = string, F extends Fields = Fields, S extends Readonly<Record<string, string>> = Readonly<Record<string, string>>> {
  readonly name: N
  readonly label: string
  readonly fields: F
  readonly states: S
  readonly number?: string
  readonly title: string
  readonly keepYears?: number
  readonly searchable?: readonly string[]
  readonly opinions: OpinionAreas
  readonly opens?: boolean
  readonly createAction?: string
}

/** `name` is also the table's name and starts with the module's id: `leave_request`. */
export const entity = <const N extends string, const F extends Fields, const S extends Readonly<Record<string, string>>>(
  name: N,
  label: string,
  fields: F,
  options: EntityOptions<S>,
): Entity<N, F, S> => ({ name, label, fields, opinions: {}, ...options })

/** Columns every record has besides those of its fields; filters and lists may name them like fields. */
export const SYSTEM_FIELDS = {
  number: { kind: 'text', label: '编号' },
  title: { kind: 'text', label: '标题' },
  state: { kind: 'text', label: '状态' },
  createdBy: { kind: 'person', label: '发起人' },
  unit: { kind: 'unit', label: '部门' },
  createdAt: { kind: 'date-time', label: '创建时间' },
  updatedAt: { kind: 'date-time', label: '更新时间' },
} as const satisfies Fields

export const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Looks a field up by its key among the entity's own and the system's fields. */
export const fieldOf = (entity: Entity, key: string): Field | undefined =>
  Object.hasOwn(entity.fields, key) ? entity.fields[key] : Object.hasOwn(SYSTEM_FIELDS, key) ? SYSTEM_FIELDS[key as keyof typeof SYSTEM_FIELDS] : undefined
