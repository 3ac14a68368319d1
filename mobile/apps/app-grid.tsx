import { Link } from 'react-router'
import type { App } from '#ui/api/meta.ts'
import { Icon } from '#ui/components/icon.tsx'

/** What the tiles of an application open: each of its lists when there are several, else its own page. */
export const tilesOf = ({ id, title, path, lists }: Pick<App, 'id' | 'title' | 'path' | 'lists'>) =>
  lists.length > 1 ? lists.map(({ entity, label }) => ({ key: entity, title: label, to: `/app/${entity}` })) : [{ key: id, title, to: path }]

/** Applications as tiles, four in a row. */
export const AppGrid = ({ apps }: { readonly apps: readonly App[] }) => (
  <div className="p-card p-grid">
    {apps.filter(({ mobile }) => mobile).flatMap((app) => tilesOf(app).map(({ key, title, to }) => (
      <Link key={key} to={to} className="p-tile"><span className="p-tile-icon"><Icon name={app.icon} /></span><span>{title}</span></Link>
    )))}
  </div>
)
