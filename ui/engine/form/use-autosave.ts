import { useEffect, useRef, useState } from 'react'
import { messageOf } from '#ui/api/failure.ts'
import type { Values } from '#ui/api/records.ts'
import { dropDraft, writeDraft } from './local-draft.ts'
import type { Form } from './use-form.ts'

const QUIET_MS = 2_500

export type SaveState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly at: Date }
  /** The server did not take it; the browser keeps it. */
  | { readonly kind: 'kept'; readonly at: Date; readonly why: string }
  | { readonly kind: 'lost'; readonly why: string }

interface Options {
  readonly form: Form
  /** Name of the draft in this browser, unique per person and record. */
  readonly draftKey: string
  /** Sends changes to the server; without it the browser alone keeps them until the person saves. */
  readonly send?: ((changes: Values) => Promise<void>) | undefined
  readonly paused?: boolean
}

/**
 * Keeps what was typed when the hands rest: at once in the browser, then on the server. One save runs at a time; what is typed meanwhile
 * goes with the next one.
 */
export function useAutosave({ form, draftKey, send, paused = false }: Options) {
  const [state, setState] = useState<SaveState>({ kind: 'idle' })
  const busy = useRef(false)
  const pending = JSON.stringify(form.changes)
  useEffect(() => {
    if (paused || pending === '{}') return undefined
    const keep = (): boolean => writeDraft(localStorage, draftKey, { values: JSON.parse(pending) as Values, labels: form.labels, at: new Date().toISOString() })
    const kept = keep()
    const save = async (): Promise<void> => {
      if (busy.current) return
      if (send === undefined) return setState(kept ? { kind: 'saved', at: new Date() } : { kind: 'lost', why: '浏览器没有存储空间' })
      busy.current = true
      setState({ kind: 'saving' })
      try {
        await send(JSON.parse(pending) as Values)
        dropDraft(localStorage, draftKey)
        setState({ kind: 'saved', at: new Date() })
      } catch (error) {
        setState(kept ? { kind: 'kept', at: new Date(), why: messageOf(error) } : { kind: 'lost', why: messageOf(error) })
      } finally {
        busy.current = false
      }
    }
    const timer = setTimeout(() => void save(), QUIET_MS)
    return () => clearTimeout(timer)
  }, [pending, draftKey, send, paused, form.labels])
  return state
}
