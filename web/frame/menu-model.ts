import type { App } from '#ui/api/meta.ts'

const GROUPS = { office: '办公', affairs: '事务', service: '服务', administration: '管理' } as const satisfies Record<App['group'], string>

export interface MenuGroup {
  readonly key: string
  readonly title: string
  readonly apps: readonly App[]
}

/** Ids of the applications somebody keeps on top, from the preferences. */
export const favouritesOf = (chosen: unknown): readonly string[] => (Array.isArray(chosen) ? chosen.filter((id): id is string => typeof id === 'string') : [])

/** Favourites in their own order, without those that are no longer open to the person. */
export const favouriteApps = (apps: readonly App[], favourites: readonly string[]): readonly App[] => favourites.flatMap((id) => apps.find((app) => app.id === id) ?? [])

/** The menu: favourites on top, then the groups that have something in them. An application stands once. */
export function menuOf(apps: readonly App[], favourites: readonly string[]): readonly MenuGroup[] {
  const top = favouriteApps(apps, favourites)
  const rest = apps.filter((app) => !top.includes(app))
  const groups = Object.entries(GROUPS).map(([key, title]) => ({ key, title, apps: rest.filter(({ group }) => group === key) }))
  return [{ key: 'favourites', title: '常用', apps: top }, ...groups].filter((group) => group.apps.length > 0)
}

/** Whether a module draws a page of this name. */
export type Drawn = (module: string, page: string) => boolean

export interface Place {
  readonly to: string
  readonly title: string
}

/** Everything of an application one can go to from the menu: its lists when there are several, and its own pages; `drawn` says which pages there are. */
export function placesOf(app: App, drawn: Drawn): readonly Place[] {
  const lists = app.lists.length < 2 ? [] : app.lists.map(({ entity, label }) => ({ to: `/app/${entity}`, title: label }))
  const pages = app.pages.filter(({ name, on }) => on !== 'mobile' && name !== 'home' && drawn(app.id, name))
  return [...lists, ...pages.map(({ name, title }) => ({ to: `/${app.id}/${name}`, title }))]
}

/** Whether an address is a place or lies below it. */
export const isAt = ({ to }: Place, path: string): boolean => path === to || path.startsWith(`${to}/`)

/** Adds an application at the end of the favourites or takes it away. */
export const toggledFavourite = (favourites: readonly string[], id: string): readonly string[] =>
  favourites.includes(id) ? favourites.filter((one) => one !== id) : [...favourites, id]

/** Whether an address belongs to an application: its own path, or that of one of its entities. */
export const isInside = (app: App, path: string): boolean =>
  [app.path, `/${app.id}`, ...app.lists.map(({ entity }) => `/app/${entity}`)].some((one) => path === one || path.startsWith(`${one}/`))
