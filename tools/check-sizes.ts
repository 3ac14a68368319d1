const limit = 400
const testLimit = 600

const isTest = (path: string): boolean => /\.(test|scenario|e2e)\.tsx?$|\.test\.ts$/.test(path)

/** Lines of a text as an editor counts them. */
const lines = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0)

/** The value that `share` of the sorted numbers do not exceed; 0 for none. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}

/** Files over the limit, and how long files are: the median should stay ≤ 80, the 90th percentile ≤ 250. */
export function checkSizes(files: ReadonlyMap<string, string>): { problems: string[]; summary: string } {
  const sizes = [...files].map(([path, text]) => ({ path, size: lines(text), most: isTest(path) ? testLimit : limit }))
  const problems = sizes.filter(({ size, most }) => size > most).map(({ path, size, most }) => `${path}: ${size} lines, limit ${most}`)
  const sorted = sizes.filter(({ path }) => !isTest(path)).map(({ size }) => size).sort((a, b) => a - b)
  const total = sorted.reduce((sum, size) => sum + size, 0)
  const tests = sizes.reduce((sum, { size }) => sum + size, 0) - total
  const summary = `${sorted.length} source files, ${total} lines, median ${quantile(sorted, 0.5)}, 90th percentile ${quantile(sorted, 0.9)}; test lines per source line ${(tests / Math.max(1, total)).toFixed(2)}`
  return { problems, summary }
}
