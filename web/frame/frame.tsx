import { lazy, Suspense, useCallback, useState } from 'react'
import { Outlet, useLocation } from 'react-router'
import { useEvents } from '#ui/api/counts.ts'
import { useSavePreferences, useSignedIn } from '#ui/api/session.ts'
import { PageBoundary } from '#ui/components/page-boundary.tsx'
import { Loading } from '#ui/components/states.tsx'
import { tabLeaves } from '#ui/lib/tab-leaves.ts'
import { useMedia } from '#ui/lib/use-media.ts'
import { OfflineLine } from './offline-line.tsx'
import { SideMenu } from './side-menu.tsx'
import { TopBar } from './top-bar.tsx'
import { useSearchKeys } from './use-search-keys.ts'
import './frame.css'

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }))

/** What stands around every page. */
export function Frame() {
  const { preferences } = useSignedIn()
  const save = useSavePreferences()
  const { pathname } = useLocation()
  const [searching, setSearching] = useState(false)
  const search = useCallback(() => setSearching(true), [])
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
          <PageBoundary of={pathname}><Suspense fallback={<Loading lines={10} />}><Outlet /></Suspense></PageBoundary>
        </main>
      </div>
      {searching && <Suspense><Palette close={() => setSearching(false)} /></Suspense>}
    </div>
  )
}
