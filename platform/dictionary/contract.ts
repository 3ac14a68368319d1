import { contract } from '#kit/context.ts'

export interface DictionaryEntry {
  readonly code: string
  readonly label: string
  readonly note: string | null
  readonly disabled: boolean
}

export interface DictionaryService {
  /** Entries in order; organisation's own override the district's, which override the code's. Disabled ones come only on request. */
  entries(name: string, options?: { withDisabled?: boolean }): Promise<readonly DictionaryEntry[]>
  label(name: string, code: string): Promise<string>
}

export const Dictionary = contract<DictionaryService>('dictionary')
