import { useNavigate, useParams, useSearchParams } from 'react-router'
import { RecordPage } from '#ui/engine/detail/record-page.tsx'

/** One record on a page of its own: where links, notices and the search lead. */
export function RecordRoute() {
  const { entity = '', id = '' } = useParams()
  const [params] = useSearchParams()
  const navigate = useNavigate()
  return <RecordPage entity={entity} id={id} taskId={params.get('task') ?? undefined} readingId={params.get('reading') ?? undefined} close={() => void navigate(`/app/${entity}`)} />
}
