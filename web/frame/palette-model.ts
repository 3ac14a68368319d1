import type { SearchHitWire } from '#kit/wire/others.ts'
import type { App } from '#ui/api/meta.ts'

/** One line of the palette. */
export interface Hit {
  readonly key: string
  readonly title: string
  readonly note: string
  readonly link: string
}

export interface Section {
  readonly title: string
  readonly hits: readonly Hit[]
}

const KINDS = [['record', '事项'], ['person', '人员'], ['unit', '单位'], ['app', '应用']] as const satisfies readonly (readonly [SearchHitWire['kind'], string])[]

/** Words that open a new record, such as 新建请假单, found by any part of them. */
function creating(apps: readonly App[], query: string): readonly Hit[] {
  const all = apps.flatMap(({ title, creates }) => creates.map(({ entity, label }) => ({ key: `new:${entity}`, title: `新建${label}`, note: title, link: `/app/${entity}/new` })))
  return query === '' ? all : all.filter(({ title, note }) => `${title}${note}`.toLowerCase().includes(query.toLowerCase()))
}

/** People are looked up in the directory by their name. */
const linkOf = ({ kind, title, link }: SearchHitWire): string => (kind === 'person' ? `${link}&${new URLSearchParams({ query: title }).toString()}` : link)

/** Before anything is typed: where one goes most; then what was found, by kind. Sections without a hit are left out. */
export function sectionsOf(apps: readonly App[], query: string, found: readonly SearchHitWire[]): readonly Section[] {
  const start = [
    { title: '应用', hits: apps.map(({ id, title, path }) => ({ key: `app:${id}`, title, note: '', link: path })) },
    { title: '新建', hits: creating(apps, '') },
  ]
  const results = [
    ...KINDS.map(([kind, title]) => ({
      title, hits: found.filter((hit) => hit.kind === kind).map((hit) => ({ key: `${kind}:${hit.id}`, title: hit.title, note: hit.snippet, link: linkOf(hit) })),
    })),
    { title: '新建', hits: creating(apps, query) },
  ]
  return (query === '' ? start : results).filter(({ hits }) => hits.length > 0)
}

/** Index after a key, going round at both ends. */
export function movedTo(at: number, key: string, count: number): number {
  if (count === 0) return 0
  if (key === 'ArrowDown') return (at + 1) % count
  if (key === 'ArrowUp') return (at - 1 + count) % count
  return Math.min(at, count - 1)
}
