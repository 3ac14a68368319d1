/** How long things took, as counts in steps of a tenth: months are added up without their single steps, and times stay within 5 %. */

/** What is counted of a group; `buckets` and `counts` belong together. */
export interface Counted {
  readonly key: string
  readonly entity: string
  readonly name: string
  readonly n: number
  readonly late: number
  readonly returned: number
  readonly buckets: readonly number[]
  readonly counts: readonly number[]
}

/** One bucket reaches so many times as far as the one before; the first begins at a minute. */
export const STEP = 1.1
const MINUTES = 60

const hoursAt = (bucket: number): number => STEP ** bucket / MINUTES

/** The time in hours that a share of all took at most. */
export function quantile(counts: ReadonlyMap<number, number>, share: number): number {
  const total = [...counts.values()].reduce((sum, n) => sum + n, 0)
  const wanted = total * share
  let seen = 0
  for (const [bucket, n] of [...counts].toSorted(([a], [b]) => a - b)) {
    if (seen + n >= wanted) return hoursAt(bucket + (n === 0 ? 0 : (wanted - seen) / n))
    seen += n
  }
  return 0
}

/** A group over several months. */
export interface Sum {
  readonly key: string
  readonly entity: string
  readonly name: string
  readonly n: number
  readonly times: readonly number[]
  readonly overdue: number
  readonly returned: number
}

/** Adds up the parts of each group; the largest first. */
export function addUp(parts: readonly Counted[]): readonly Sum[] {
  return [...Map.groupBy(parts, ({ entity, key }) => `${entity} ${key}`).values()].map((group): Sum => {
    const counts = new Map<number, number>()
    for (const { buckets, counts: each } of group) for (const [index, bucket] of buckets.entries()) counts.set(bucket, (counts.get(bucket) ?? 0) + (each[index] ?? 0))
    const sum = (of: 'n' | 'late' | 'returned'): number => group.reduce((all, part) => all + part[of], 0)
    const [last, n] = [group.at(-1), sum('n')]
    return { key: last?.key ?? '', entity: last?.entity ?? '', name: last?.name ?? '', n, times: [quantile(counts, 0.5), quantile(counts, 0.9)], overdue: sum('late') / n, returned: sum('returned') / n }
  }).toSorted((a, b) => b.n - a.n)
}
