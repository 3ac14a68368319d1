import { useState } from 'react'

export type View = 'write' | 'both' | 'page'

export const VIEWS: readonly { readonly value: View; readonly label: string }[] = [{ value: 'write', label: '编辑' }, { value: 'both', label: '并排' }, { value: 'page', label: '预览' }]

const KEY = 'documents.drafting-view'

const isView = (text: string | null): text is View => VIEWS.some(({ value }) => value === text)

/** How this browser's user wants to see a draft; the next one opens the same way, but never without the text. */
export function useView() {
  const [view, setView] = useState<View>(() => {
    const kept = localStorage.getItem(KEY)
    return isView(kept) && kept !== 'page' ? kept : 'write'
  })
  return [view, (chosen: View): void => { localStorage.setItem(KEY, chosen); setView(chosen) }] as const
}
