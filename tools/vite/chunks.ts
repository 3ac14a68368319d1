/** Libraries that change rarely get chunks of their own, so that a new version of the pages leaves them in the browser's cache. */
const GROUPS: readonly (readonly [name: string, packages: RegExp])[] = [
  ['react', /\/node_modules\/(react|react-dom|scheduler|react-router|@tanstack)\//],
]

export function chunkOf(id: string): string | null {
  return GROUPS.find(([, packages]) => packages.test(id))?.[0] ?? null
}
