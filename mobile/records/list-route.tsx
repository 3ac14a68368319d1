import { useParams } from 'react-router'
import { useEntityMeta } from '#ui/api/meta.ts'
import { Page } from '#ui/phone/frame/page.tsx'
import { Loaded } from '#ui/phone/frame/states.tsx'
import { ListPage } from '#ui/phone/list/list-page.tsx'

/** Records of one kind by the address. */
export function ListRoute() {
  const { entity = '' } = useParams()
  const meta = useEntityMeta(entity)
  return meta.data === undefined ? <Page title="" home="/apps"><Loaded of={meta} lines={8}>{() => null}</Loaded></Page> : <ListPage key={entity} meta={meta.data} />
}
