import { Outlet, useLocation } from 'react-router'
import { BackGuard } from '#ui/phone/frame/back.tsx'
import { PhoneBoundary } from './phone-boundary.tsx'
import { useKeyboard } from './use-keyboard.ts'

/** Around every page: going back closes sheets first, and a broken page does not take the others down. */
export function Root() {
  const { pathname } = useLocation()
  useKeyboard()
  return <BackGuard><PhoneBoundary of={pathname}><Outlet /></PhoneBoundary></BackGuard>
}
