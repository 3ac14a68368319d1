import type { Rights } from '#ui/engine/fields/rights.ts'

export type Part = 'text' | 'form' | 'attachments' | 'sheet' | 'compare' | 'deliveries'

interface Facts {
  /** Fields the person's open task may write; none without a task. */
  readonly writes: readonly string[]
  readonly attachments: number
  /** It has been handed in, so that there are opinions and versions. */
  readonly running: boolean
  readonly issued: boolean
}

/** Tabs of a document being issued: who may change something gets the form first, everybody else the text. */
export function partsOf({ writes, attachments, running, issued }: Facts): readonly Part[] {
  return [
    ...(writes.some((key) => key !== 'subject' && key !== 'body') ? ['form', 'text'] as const : ['text', 'form'] as const),
    ...(attachments > 0 ? ['attachments'] as const : []), ...(running ? ['sheet', 'compare'] as const : []), ...(issued ? ['deliveries'] as const : []),
  ]
}

const OWN_TABS = ['body', 'attachments', 'pdf', 'sheet']

/** What has a tab of its own is left out of the form unless it may be written there. */
export const formRights = (rights: Rights): Rights => Object.fromEntries(Object.entries(rights).filter(([key, right]) => right === 'write' || !OWN_TABS.includes(key)))

const CHECKED = ['review', 'revise', 'cosign', 'legal', 'sign']

/** The drafting rules concern whoever writes or judges the text: the draft and the steps up to 签发. */
export const isChecked = (state: string, node: string | undefined): boolean => state === 'draft' || (node !== undefined && CHECKED.includes(node))

/** It has been sent out, whether archived yet or not. */
export const isIssued = (state: string): boolean => state === 'issued' || state === 'archived'
