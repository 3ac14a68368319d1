import type { SearchHitWire } from '#kit/wire/others.ts'
import type { App } from '#ui/api/meta.ts'
import { placesOf } from './menu-model.ts'
import type { Drawn } from './menu-model.ts'

/** One line of the palette. */
export interface Hit {
  readonly key: string
  readonly title: string
  readonly note: string
  readonly link: string
}

/** Something to do that leads to no other page. */
export type Action = 'large' | 'sign-out'

/** Addresses of this form are actions. */
const ACTION = 'action:'
export const actionOf = (link: string): Action | null => (link.startsWith(ACTION) ? (link.slice(ACTION.length) as Action) : null)

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

const OWN: readonly (readonly [title: string, link: string])[] = [
  ['首页', '/'], ['待办中心', '/todo'], ['待阅', '/todo?box=toread'], ['我发起的', '/todo?box=mine'], ['已办', '/todo?box=done'], ['通讯录', '/directory'], ['个人设置', '/me'], ['登录设备', '/me/sessions'],
  ['修改密码', '/password'], ['大字模式（切换）', `${ACTION}large`], ['退出登录', `${ACTION}sign-out`],
]

/** Pages of the menu and acts of one's own whose name holds every word; applications themselves come from the search. */
function menuHits(apps: readonly App[], drawn: Drawn, query: string): readonly Hit[] {
  const words = query.toLowerCase().split(/\s+/)
  const own = OWN.map(([title, link]) => ({ key: `go:${link}`, title, note: '', link }))
  const places = apps.flatMap((app) => placesOf(app, drawn).map(({ to, title }) => ({ key: `go:${to}`, title, note: app.title, link: to })))
  return [...own, ...places].filter(({ title, note }) => words.every((word) => `${title}${note}`.toLowerCase().includes(word)))
}

/** People are looked up in the directory by their name. */
const linkOf = ({ kind, title, link }: SearchHitWire): string => (kind === 'person' ? `${link}&${new URLSearchParams({ query: title }).toString()}` : link)

/** Before anything is typed: where one goes most; then what was found, by kind. Sections without a hit are left out. */
export function sectionsOf(apps: readonly App[], query: string, found: readonly SearchHitWire[], drawn: Drawn): readonly Section[] {
  const start = [
    { title: '应用', hits: apps.map(({ id, title, path }) => ({ key: `app:${id}`, title, note: '', link: path })) },
    { title: '新建', hits: creating(apps, '') },
  ]
  const results = [
    ...KINDS.map(([kind, title]) => ({
      title, hits: found.filter((hit) => hit.kind === kind).map((hit) => ({ key: `${kind}:${hit.id}`, title: hit.title, note: hit.snippet, link: linkOf(hit) })),
    })),
    { title: '菜单', hits: query === '' ? [] : menuHits(apps, drawn, query) },
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
