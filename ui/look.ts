import { useEffect, useMemo } from 'react'
import { useSession } from '#ui/api/session.ts'
import { applyLook } from '#ui/theme.ts'
import type { Look } from '#ui/tokens.ts'

const REMEMBERED = 'look.large'

/** Large mode also holds before signing in, so the device remembers it. */
const remembered = (): boolean => localStorage.getItem(REMEMBERED) === 'yes'

/** The look this person has chosen, written onto the page. */
export function useLook(shell: Look['shell']): Look {
  const { data } = useSession()
  const chosen = data?.preferences['large']
  const large = typeof chosen === 'boolean' ? chosen : remembered()
  const density = data?.preferences['density'] === 'compact' ? 'compact' : 'comfortable'
  const look = useMemo<Look>(() => ({ shell, large, density }), [shell, large, density])
  useEffect(() => {
    applyLook(look, document.documentElement)
    localStorage.setItem(REMEMBERED, look.large ? 'yes' : 'no')
  }, [look])
  return look
}
