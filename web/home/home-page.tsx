import { useMenu } from '#ui/api/meta.ts'
import { PageBoundary } from '#ui/components/page-boundary.tsx'
import { useTitle } from '../frame/use-title.ts'
import { homeCard } from '../modules.ts'
import { AppsCard } from './apps-card.tsx'
import { BoxCard } from './box-card.tsx'
import { TodayCard } from './today-card.tsx'
import './home.css'

/** The modules' own cards; one that is broken leaves the others alone. */
function ModuleCards({ place }: { readonly place: 'main' | 'side' }) {
  const { data } = useMenu()
  const cards = (data?.apps ?? []).flatMap(({ id, cards: own }) => own.filter((card) => card.place === place).map((card) => ({ ...card, key: `${id}:${card.name}`, Card: homeCard(id, card.name) })))
  return cards.map(({ key, title, Card }) => Card && (
    <section key={key} className="card" aria-label={title}>
      <header className="card-head"><h2>{title}</h2></header>
      <PageBoundary of={key}><Card /></PageBoundary>
    </section>
  ))
}

/** What waits for me, then the day, then what the modules have to show. */
export function HomePage() {
  useTitle('首页')
  return (
    <div className="home">
      <h1 className="unseen">首页</h1>
      <div className="home-main"><BoxCard /><AppsCard /><div className="home-cards"><ModuleCards place="main" /></div></div>
      <div className="home-side"><TodayCard /><ModuleCards place="side" /></div>
    </div>
  )
}
