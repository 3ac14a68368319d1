import type { MenuWire as Menu } from '#kit/wire/meta.ts'
import type { SearchHitWire } from '#kit/wire/others.ts'
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

type Spelled = Hit & { readonly spelling: string }

/** Whether a word stands in the names of a hit, begins their pinyin at any syllable, or is part of its initials. */
function names({ title, note, spelling }: Spelled, word: string): boolean {
  if (`${title}${note}`.toLowerCase().includes(word)) return true
  const syllables = spelling.split(' ')
  return syllables.some((_, from) => [syllables.slice(from).join(''), syllables.slice(from).map(([initial]) => initial).join('')].some((spelt) => spelt.startsWith(word)))
}

/** Hits that every word of the query names. */
const named = (hits: readonly Spelled[], query: string): readonly Hit[] => {
  const words = query.toLowerCase().split(/\s+/)
  return hits.filter((hit) => words.every((word) => names(hit, word)))
}

/** Words that open a new record, such as 新建请假单, found by any part of them. */
const creating = ({ apps, spellings }: Menu): readonly Spelled[] =>
  apps.flatMap(({ title, creates }) => creates.map(({ entity, label }) => ({ key: `new:${entity}`, title: `新建${label}`, note: title, link: `/app/${entity}/new`, spelling: `xin jian ${spellings[label] ?? ''}` })))

const OWN: readonly (readonly [title: string, link: string, spelling: string])[] = [
  ['首页', '/', 'shou ye'], ['待办中心', '/todo', 'dai ban zhong xin'], ['待阅', '/todo?box=toread', 'dai yue'], ['我发起的', '/todo?box=mine', 'wo fa qi de'], ['已办', '/todo?box=done', 'yi ban'],
  ['通讯录', '/directory', 'tong xun lu'], ['个人设置', '/me', 'ge ren she zhi'], ['登录设备', '/me/sessions', 'deng lu she bei'], ['修改密码', '/password', 'xiu gai mi ma'],
  ['大字模式（切换）', `${ACTION}large`, 'da zi mo shi'], ['退出登录', `${ACTION}sign-out`, 'tui chu deng lu'],
]

/** Pages of the menu and acts of one's own; applications themselves come from the search. */
function going({ apps, spellings }: Menu, drawn: Drawn): readonly Spelled[] {
  const own = OWN.map(([title, link, spelling]) => ({ key: `go:${link}`, title, note: '', link, spelling }))
  const places = apps.flatMap((app) => placesOf(app, drawn).map(({ to, title }) => ({ key: `go:${to}`, title, note: app.title, link: to, spelling: spellings[title] ?? '' })))
  return [...own, ...places]
}

/** People are looked up in the directory by their name. */
const linkOf = ({ kind, title, link }: SearchHitWire): string => (kind === 'person' ? `${link}&${new URLSearchParams({ query: title }).toString()}` : link)

/** Before anything is typed: where one goes most; then what was found, by kind. Sections without a hit are left out. */
export function sectionsOf(menu: Menu, query: string, found: readonly SearchHitWire[], drawn: Drawn): readonly Section[] {
  const start = [
    { title: '应用', hits: menu.apps.map(({ id, title, path }) => ({ key: `app:${id}`, title, note: '', link: path })) },
    { title: '新建', hits: creating(menu) },
  ]
  const results = [
    ...KINDS.map(([kind, title]) => ({
      title, hits: found.filter((hit) => hit.kind === kind).map((hit) => ({ key: `${kind}:${hit.id}`, title: hit.title, note: hit.snippet, link: linkOf(hit) })),
    })),
    { title: '菜单', hits: named(going(menu, drawn), query) },
    { title: '新建', hits: named(creating(menu), query) },
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
