import { createContext, createElement, use } from 'react'
import type { ComponentType, ReactNode } from 'react'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { EntityMeta } from '#ui/api/meta.ts'

/** What a page of one record gets, the generic one as well as a module's own. */
export interface RecordPageProps {
  readonly entity: string
  readonly id: string
  /** Task from which it was opened; without it the first open task of this person is taken. */
  readonly taskId?: string | undefined
  /** Item of 待阅 from which it was opened; it counts as read once 已阅 is pressed. */
  readonly readingId?: string | undefined
  /** Leaves the record: back to the list, or closes it beside the list. */
  readonly close: () => void
  /** The next one after this was dealt with, when it was opened from a row of to-dos. */
  readonly next?: (() => void) | undefined
  /** Its place in the list it was opened from. */
  readonly place?: { readonly at: number; readonly of: number; readonly step: (by: 1 | -1) => void } | undefined
}

/** What a form gets, the generic one as well as a module's own. */
export interface FormPageProps {
  readonly meta: EntityMeta
  /** Missing for a new record. */
  readonly record?: RecordDetailWire | undefined
  /** A new record has just got its id on the server. */
  readonly created: (record: RecordDetailWire) => void
  /** Handed in or saved: to the record. */
  readonly done: (id: string) => void
  readonly close: () => void
}

/** Finds the pages that modules bring: `modules/<module>/web/<name>.page.tsx` on PC. Filled by the shells. */
export interface ModulePages {
  readonly record: (module: string, name: string) => ComponentType<RecordPageProps> | undefined
  readonly form: (module: string, name: string) => ComponentType<FormPageProps> | undefined
  /** Buttons beside the general ones in the head of a record: `modules/<module>/web/record-acts.page.tsx`. */
  readonly acts?: (module: string, record: RecordDetailWire) => ReactNode
}

export const ModulePagesContext = createContext<ModulePages>({ record: () => undefined, form: () => undefined })

/** The module's own form of an entity, if it brings one, else the generic one. */
export function FormPage({ generic, ...props }: FormPageProps & { readonly generic: ComponentType<FormPageProps> }) {
  const pages = use(ModulePagesContext)
  const { module, custom } = props.meta
  return createElement((custom.form === undefined ? undefined : pages.form(module, custom.form)) ?? generic, props)
}
