import { useEffect } from 'react'

/**
 * Some phones lay their keyboard over the page instead of making the page smaller. The height that is left is told to the style sheet as `--view`,
 * so that the bar with the opinion stays above the keyboard.
 */
export function useKeyboard(): void {
  useEffect(() => {
    const view = window.visualViewport
    if (view === null) return undefined
    const fit = (): void => {
      // The page enlarged by two fingers is not smaller because of that.
      document.documentElement.style.setProperty('--view', `${Math.round(view.height * view.scale)}px`)
    }
    fit()
    view.addEventListener('resize', fit)
    return () => view.removeEventListener('resize', fit)
  }, [])
}
