export type Part = 'text' | 'form' | 'attachments' | 'sheet' | 'readings'

interface Facts {
  /** Fields the step demands. */
  readonly requires: readonly string[]
  readonly attachments: number
  /** It has been handed in, so that there is a way to show. */
  readonly running: boolean
}

/** Tabs of a received document: who has to fill in something gets the form first, everybody else the text. */
export function partsOf({ requires, attachments, running }: Facts): readonly Part[] {
  return [...(requires.length > 0 ? ['form', 'text'] as const : ['text', 'form'] as const), ...(attachments > 0 ? ['attachments'] as const : []), ...(running ? ['sheet', 'readings'] as const : [])]
}
