const KEY = 'chengming.renewed'
const PATIENCE_MS = 30_000

/**
 * A part of the page cannot be read any more because the server serves newer versions by now: the page is read anew. Twice in a row it is not,
 * so that a part that is really missing does not keep the page turning.
 */
export function renewOnNewerVersion(target: Window): void {
  target.addEventListener('vite:preloadError', (event) => {
    const now = Date.now()
    if (now - Number(target.sessionStorage.getItem(KEY) ?? 0) < PATIENCE_MS) return
    target.sessionStorage.setItem(KEY, String(now))
    event.preventDefault()
    target.location.reload()
  })
}
