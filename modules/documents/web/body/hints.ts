import { createContext } from 'react'
import type { Finding, Place } from '#modules/documents/checks/finding.ts'

/** What a page that holds the editor tells it: what the checks found, and the place to go to. */
export interface BodyHints {
  readonly findings: readonly Finding[]
  /** A new object goes there again. */
  readonly goTo: Place | null
}

export const BodyHintsContext = createContext<BodyHints>({ findings: [], goTo: null })
