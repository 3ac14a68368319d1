import type { Rights } from '#ui/engine/fields/rights.ts'

export type Part = 'text' | 'form' | 'attachments' | 'sheet' | 'readings'

interface Facts {
  readonly rights: Rights
  readonly attachments: number
  /** It has been handed in, so that there is a way to show. */
  readonly running: boolean
}

/** Tabs of a received document: who has to fill in something gets the form first, everybody else the text. */
export function partsOf({ rights, attachments, running }: Facts): readonly Part[] {
  const writes = Object.values(rights).includes('write')
  return [...(writes ? ['form', 'text'] as const : ['text', 'form'] as const), ...(attachments > 0 ? ['attachments'] as const : []), ...(running ? ['sheet', 'readings'] as const : [])]
}
