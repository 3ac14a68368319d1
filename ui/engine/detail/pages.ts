import { createContext } from 'react'
import type { ComponentType, ReactNode } from 'react'
import type { RecordDetailWire } from '#kit/wire/record.ts'

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

export interface FormPageProps {
  readonly entity: string
  /** Missing for a new record. */
  readonly id?: string | undefined
}

/** Finds the pages that modules bring: `modules/<module>/web/<name>.page.tsx` on PC. Filled by the shells. */
export interface ModulePages {
  readonly record: (module: string, name: string) => ComponentType<RecordPageProps> | undefined
  readonly form: (module: string, name: string) => ComponentType<FormPageProps> | undefined
  /** Buttons beside the general ones in the head of a record: `modules/<module>/web/record-acts.page.tsx`. */
  readonly acts?: (module: string, record: RecordDetailWire) => ReactNode
}

export const ModulePagesContext = createContext<ModulePages>({ record: () => undefined, form: () => undefined })
