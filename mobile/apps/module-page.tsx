import { useParams } from 'react-router'
import { useMenu } from '#ui/api/meta.ts'
import { Page } from '#ui/phone/frame/page.tsx'
import { Loaded } from '#ui/phone/frame/states.tsx'
import { NotFound } from '../frame/not-found.tsx'
import { modulePage } from '../modules.ts'

/** A page a module brings by hand, at `/<module>` for its first one and `/<module>/<page>`; it draws its own head. */
export function ModulePage() {
  const { module = '', page = 'home' } = useParams()
  const menu = useMenu()
  if (menu.data === undefined) return <Page title="" home="/apps"><Loaded of={menu} lines={8}>{() => null}</Loaded></Page>
  return (
    <Loaded of={menu}>
      {({ apps }) => {
        const allowed = apps.some(({ id, pages }) => id === module && pages.some(({ name, on }) => name === page && on !== 'web'))
        const Found = allowed ? modulePage(module, page) : undefined
        return Found === undefined ? <NotFound /> : <Found />
      }}
    </Loaded>
  )
}
