import { createContext, use, useEffect, useRef } from 'react'
import type { ReactNode, RefObject } from 'react'
import { useBlocker, useNavigate } from 'react-router'

type Closers = RefObject<(() => void)[]>

const ClosersContext = createContext<Closers>({ current: [] })

/** Stands around all pages: going back closes the sheet on top before it leaves the page. */
export function BackGuard({ children }: { readonly children: ReactNode }) {
  const closers: Closers = useRef([])
  const blocker = useBlocker(({ historyAction }) => historyAction === 'POP' && closers.current.length > 0)
  useEffect(() => {
    if (blocker.state !== 'blocked') return
    blocker.reset()
    closers.current.at(-1)?.()
  }, [blocker])
  return <ClosersContext value={closers}>{children}</ClosersContext>
}

/** While `open`, going back calls `close` instead. */
export function useBackCloses(open: boolean, close: () => void): void {
  const closers = use(ClosersContext)
  const latest = useRef(close)
  latest.current = close
  useEffect(() => {
    if (!open) return undefined
    const closer = (): void => latest.current()
    closers.current.push(closer)
    return () => {
      closers.current = closers.current.filter((one) => one !== closer)
    }
  }, [open, closers])
}

/** Position in this tab's history, as the router keeps it; 0 for the first page. */
const depth = (): number => {
  const state: unknown = window.history.state
  return typeof state === 'object' && state !== null && 'idx' in state && typeof state.idx === 'number' ? state.idx : 0
}

/** One page back; from a page opened by a link, to `home`. */
export function useBack(home = '/'): () => void {
  const navigate = useNavigate()
  return () => void (depth() > 0 ? navigate(-1) : navigate(home, { replace: true }))
}
