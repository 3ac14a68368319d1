import { useEffect, useRef, useState } from 'react'
import { isOffline, isSignedOut, isStale, messageOf } from '#ui/api/failure.ts'
import type { Values } from '#ui/api/records.ts'
import { useOnline } from '#ui/lib/use-online.ts'
import { dropDraft, writeDraft } from './local-draft.ts'
import type { Form } from './use-form.ts'

const QUIET_MS = 2_500
const AGAIN_MS = 10_000

export type SaveState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly at: Date }
  /** Kept in this browser until the person saves: what others can see is not changed while typing. */
  | { readonly kind: 'here'; readonly at: Date }
  /** The server did not take it; the browser keeps it. */
  | { readonly kind: 'kept'; readonly at: Date; readonly why: string; readonly stale: boolean; readonly again: boolean }
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
 * goes with the next one. A lost connection or session is tried again until it is back.
 */
export function useAutosave({ form, draftKey, send, paused = false }: Options) {
  const [state, setState] = useState<SaveState>({ kind: 'idle' })
  const [tries, setTries] = useState(0)
  const online = useOnline()
  const busy = useRef(false)
  const pending = JSON.stringify(form.changes)
  useEffect(() => {
    if (paused || pending === '{}') return undefined
    const keep = (): boolean => writeDraft(localStorage, draftKey, { values: JSON.parse(pending) as Values, labels: form.labels, at: new Date().toISOString() })
    const kept = keep()
    const save = async (): Promise<void> => {
      if (busy.current) return
      if (send === undefined) return setState(kept ? { kind: 'here', at: new Date() } : { kind: 'lost', why: '浏览器没有存储空间' })
      busy.current = true
      setState({ kind: 'saving' })
      try {
        await send(JSON.parse(pending) as Values)
        dropDraft(localStorage, draftKey)
        setState({ kind: 'saved', at: new Date() })
      } catch (error) {
        setState(kept ? { kind: 'kept', at: new Date(), why: messageOf(error), stale: isStale(error), again: isOffline(error) || isSignedOut(error) } : { kind: 'lost', why: messageOf(error) })
      } finally {
        busy.current = false
      }
    }
    const timer = setTimeout(() => void save(), QUIET_MS)
    return () => clearTimeout(timer)
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a network that is back, and the next try, save what is still pending
  }, [pending, draftKey, send, paused, form.labels, online, tries])
  useEffect(() => {
    if (state.kind !== 'kept' || !state.again) return undefined
    const timer = setTimeout(() => setTries((count) => count + 1), AGAIN_MS)
    return () => clearTimeout(timer)
  }, [state])
  return state
}
