import { useEffect } from 'react'

/** Names the browser's tab after what is open. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? '承明' : `${title} - 承明`
    return () => { document.title = '承明' }
  }, [title])
}
