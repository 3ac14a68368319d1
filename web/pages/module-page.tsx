import { useParams } from 'react-router'
import { useMenu } from '#ui/api/meta.ts'
import { Loaded } from '#ui/components/states.tsx'
import { useTitle } from '../frame/use-title.ts'
import { handMade } from '../modules.ts'
import { NotFound } from './not-found.tsx'

/** A page a module brings by hand, at `/<module>` for its first one and `/<module>/<page>`. */
export function ModulePage() {
  const { module = '', page = 'home' } = useParams()
  const menu = useMenu()
  const title = menu.data?.apps.find(({ id }) => id === module)?.pages.find(({ name }) => name === page)?.title ?? ''
  useTitle(title)
  return (
    <Loaded of={menu} lines={10}>
      {({ apps }) => {
        const allowed = apps.some(({ id, pages }) => id === module && pages.some(({ name, on }) => name === page && on !== 'mobile'))
        const Page = allowed ? handMade(module, page) : undefined
        return Page === undefined ? <NotFound /> : <Page />
      }}
    </Loaded>
  )
}
