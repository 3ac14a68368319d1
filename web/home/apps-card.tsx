import { Link } from 'react-router'
import { useMenu } from '#ui/api/meta.ts'
import { Icon } from '#ui/components/icon.tsx'
import { favouriteApps } from '../frame/menu-model.ts'
import { useFavourites } from '../frame/use-favourites.ts'

const MOST = 8

/** The applications somebody has starred; until there are any, the first ones of the menu. */
export function AppsCard() {
  const { data } = useMenu()
  const { ids } = useFavourites()
  const apps = data?.apps ?? []
  const chosen = favouriteApps(apps, ids)
  const shown = (chosen.length > 0 ? chosen : apps).slice(0, MOST)
  if (shown.length === 0) return null
  return (
    <section className="card" aria-label="常用应用">
      <header className="card-head"><h2>常用应用</h2></header>
      <ul className="home-apps">
        {shown.map(({ id, title, icon, path }) => <li key={id}><Link to={path} className="home-app"><span className="home-app-icon"><Icon name={icon} /></span><span className="cut" title={title}>{title}</span></Link></li>)}
      </ul>
    </section>
  )
}
