import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { ComponentType, ReactNode } from 'react'
import { Outlet, useLocation } from 'react-router'
import { useEvents } from '#ui/api/counts.ts'
import { useSavePreferences, useSignedIn } from '#ui/api/session.ts'
import { PageBoundary } from '#ui/components/page-boundary.tsx'
import { tabLeaves } from '#ui/lib/tab-leaves.ts'
import { useMedia } from '#ui/lib/use-media.ts'
import { OfflineLine } from './offline-line.tsx'
import type { PaletteProps } from './palette.tsx'
import { SideMenu } from './side-menu.tsx'
import { TopBar } from './top-bar.tsx'
import { useSearchKeys } from './use-search-keys.ts'
import './frame.css'

const PALETTE_AFTER_MS = 1000

type PaletteType = ComponentType<PaletteProps>

/** The palette, read ahead and then drawn at once, so that what is typed right after Ctrl-K is not lost. */
function usePalette(): { readonly Palette: PaletteType | null; readonly load: () => void } {
  const [Palette, setPalette] = useState<PaletteType | null>(null)
  const load = useCallback(() => void import('./palette.tsx').then((loaded) => setPalette(() => loaded.Palette)), [])
  useEffect(() => {
    const later = setTimeout(load, PALETTE_AFTER_MS)
    return () => clearTimeout(later)
  }, [load])
  return { Palette, load }
}

/** Keys typed between asking for the search and its field being there belong to the search. */
function useKeysAhead(searching: boolean, type: (key: string) => void): void {
  useLayoutEffect(() => {
    if (!searching) return undefined
    const onKeyDown = (event: KeyboardEvent): void => {
      const there = document.activeElement?.closest('.palette') instanceof Element
      if (there || event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      event.preventDefault()
      type(event.key)
    }
    window.addEventListener('keydown', onKeyDown, true)
    return () => window.removeEventListener('keydown', onKeyDown, true)
  }, [searching, type])
}

/** The palette while it is open; closed, the focus goes back to where it was, or to the page that was chosen. */
function useSearching(): { readonly palette: ReactNode; readonly search: () => void } {
  const { Palette, load } = usePalette()
  const [searching, setSearching] = useState(false)
  const [typed, setTyped] = useState('')
  useKeysAhead(searching, useCallback((key) => setTyped((before) => before + key), []))
  const next = useRef<HTMLElement | null>(null)
  const search = useCallback(() => {
    load()
    next.current = document.activeElement instanceof HTMLElement ? document.activeElement : null
    setTyped('')
    setSearching(true)
  }, [load])
  const close = (went: boolean): void => {
    if (went) next.current = document.getElementById('page')
    setSearching(false)
  }
  // After the palette is gone: while it is there it keeps the focus.
  useEffect(() => { if (!searching) next.current?.focus() }, [searching])
  return { search, palette: searching && Palette !== null ? <Palette typed={typed} type={setTyped} close={close} /> : null }
}

/** What stands around every page. */
export function Frame() {
  const { preferences } = useSignedIn()
  const save = useSavePreferences()
  const { pathname } = useLocation()
  const { palette, search } = useSearching()
  const small = useMedia('(max-width: 1000px)')
  const narrow = small || preferences['menu'] === 'narrow'
  useEvents()
  useSearchKeys(search)
  return (
    <div className="frame" onKeyDownCapture={tabLeaves}>
      <a className="skip" href="#page">跳到正文</a>
      <TopBar search={search} />
      <OfflineLine />
      <div className="frame-body">
        <SideMenu narrow={narrow} fold={small ? undefined : () => save.mutate({ menu: narrow ? null : 'narrow' })} />
        <main className="frame-page" id="page" tabIndex={-1}>
          <PageBoundary of={pathname}><Outlet /></PageBoundary>
        </main>
      </div>
      {palette}
    </div>
  )
}
