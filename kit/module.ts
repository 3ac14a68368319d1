import type { AccessMatrix } from './access.ts'
import type { Endpoint } from './api.ts'
import type { Entity } from './entity.ts'
import type { Flow } from './flow.ts'
import type { EntityViews } from './views.ts'
import type { ErrorWords } from './words.ts'

/** A list of codes that administrators may change; these entries are its content at installation. */
export interface DictionaryDefinition {
  readonly name: string
  readonly label: string
  readonly entries: readonly { readonly code: string; readonly label: string; readonly note?: string; readonly disabled?: boolean }[]
}

/** A card of the home page, drawn by the page component of the same name. */
export interface Card {
  readonly name: string
  readonly title: string
  readonly place: 'main' | 'side'
}

/** A page made by hand, reached from the menu. */
export interface Page {
  readonly name: string
  readonly title: string
  readonly permission?: string
  readonly on: 'web' | 'mobile' | 'both'
}

export interface ModuleDefinition {
  readonly id: string
  readonly title: string
  readonly icon: string
  /** Heading of the menu under which it stands. */
  readonly group: 'office' | 'affairs' | 'service' | 'administration'
  readonly order: number
  /** Modules whose contracts it may use. */
  readonly needs: readonly string[]
  readonly entities: readonly Entity[]
  readonly views: readonly EntityViews[]
  readonly flows: readonly Flow[]
  readonly access: AccessMatrix
  readonly endpoints: readonly Endpoint[]
  readonly dictionaries: readonly DictionaryDefinition[]
  readonly errors: ErrorWords
  readonly cards: readonly Card[]
  readonly pages: readonly Page[]
  readonly mobile: boolean
  /** Hand-made pages that replace the generic ones of an entity, by entity. */
  readonly custom: Readonly<Record<string, { readonly detail?: string; readonly form?: string }>>
}

const EMPTY = { needs: [], entities: [], views: [], flows: [], endpoints: [], dictionaries: [], errors: {}, cards: [], pages: [], mobile: true, custom: {} } as const

/** The one file the registry reads of a module; what a module does not have it leaves out. */
export const module = (definition: Omit<ModuleDefinition, keyof typeof EMPTY> & Partial<ModuleDefinition>): ModuleDefinition => ({ ...EMPTY, ...definition })
