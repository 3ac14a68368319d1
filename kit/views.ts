import type { Entity, SYSTEM_FIELDS } from './entity.ts'
import type { Condition } from './where.ts'

type Key<E extends Entity> = (keyof E['fields'] & string) | keyof typeof SYSTEM_FIELDS

export interface ListView<K extends string = string> {
  readonly columns: readonly K[]
  readonly filter: readonly K[]
  /** Field to sort by, with '-' for descending. */
  readonly sort: K | `-${K}`
  /** Tabs above the list: label → condition. The first one a person has stands open. */
  readonly saved?: Readonly<Record<string, Condition>>
  /** Tabs that are only for those who may do something: label → action of the module's access. */
  readonly savedFor?: Readonly<Record<string, string>>
}

export interface Views<K extends string = string> {
  readonly list: ListView<K>
  /** Rows of the form; a row shares its width among its fields. */
  readonly form: readonly (readonly K[])[]
  readonly phone: { readonly title: K; readonly lines: readonly K[]; readonly badge?: K }
}

export interface EntityViews extends Views {
  readonly entity: string
}

/** One definition for list, form and phone card; a field that does not exist is a type error on its own line. */
export const views = <E extends Entity>(entity: E, definition: Views<Key<E>>): EntityViews => ({ entity: entity.name, ...definition })
