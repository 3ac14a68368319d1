import { Link } from 'react-router'
import type { App } from '#ui/api/meta.ts'
import { Icon } from '#ui/components/icon.tsx'

/** Applications as tiles, four in a row. */
export const AppGrid = ({ apps }: { readonly apps: readonly App[] }) => (
  <div className="p-card p-grid">
    {apps.filter(({ mobile }) => mobile).map(({ id, title, icon, path }) => <Link key={id} to={path} className="p-tile"><span className="p-tile-icon"><Icon name={icon} /></span><span>{title}</span></Link>)}
  </div>
)
