import { useCallback } from 'react'
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router'
import { ApiFailure } from '#ui/api/failure.ts'
import { useEntityMeta } from '#ui/api/meta.ts'
import type { EntityMeta } from '#ui/api/meta.ts'
import { useRecord } from '#ui/api/records.ts'
import { FormPage } from '#ui/engine/detail/pages.ts'
import { RecordForm } from '#ui/phone/form/record-form.tsx'
import { Page } from '#ui/phone/frame/page.tsx'
import { FailureView, Loaded } from '#ui/phone/frame/states.tsx'

const LOCKED = new ApiFailure(403, 'client.locked', '这条记录现在不能修改：可能已经提交，或者由其他人办理')

function useWays(entity: string) {
  const navigate = useNavigate()
  return {
    done: (id: string) => void navigate(`/app/${entity}/${id}`, { replace: true }),
    close: () => void navigate(-1),
  }
}

function EditForm({ meta, id }: { readonly meta: EntityMeta; readonly id: string }) {
  const record = useRecord(meta.entity.name, id)
  const ways = useWays(meta.entity.name)
  const known = record.data
  if (known?.acts.includes('edit') === true) return <FormPage generic={RecordForm} meta={meta} record={known} created={() => undefined} {...ways} />
  return <Page title={meta.entity.label} home={`/app/${meta.entity.name}/${id}`}><Loaded of={record} lines={10}>{() => <FailureView error={LOCKED} />}</Loaded></Page>
}

function NewForm({ meta }: { readonly meta: EntityMeta }) {
  const entity = meta.entity.name
  const ways = useWays(entity)
  // The address remembers the draft, so that reloading goes on with it; past the router, so that the open form stays as it is.
  const created = useCallback(({ id }: { readonly id: string }) => window.history.replaceState(window.history.state, '', `/m/app/${entity}/new?draft=${id}`), [entity])
  return <FormPage generic={RecordForm} meta={meta} created={created} {...ways} />
}

function OpenForm() {
  const { entity = '', id } = useParams()
  const [params] = useSearchParams()
  const meta = useEntityMeta(entity)
  const known = id ?? params.get('draft') ?? undefined
  if (meta.data === undefined) return <Page title="" home={`/app/${entity}`}><Loaded of={meta} lines={10}>{() => null}</Loaded></Page>
  return (
    <Loaded of={meta}>
      {(definition) => (known === undefined ? <NewForm meta={definition} /> : <EditForm meta={definition} id={known} />)}
    </Loaded>
  )
}

/** A new form for each 新建 and each record. */
export function FormRoute() {
  const { key } = useLocation()
  return <OpenForm key={key} />
}
