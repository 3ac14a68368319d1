import { useCallback } from 'react'
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router'
import { useEntityMeta } from '#ui/api/meta.ts'
import type { EntityMeta } from '#ui/api/meta.ts'
import { useRecord } from '#ui/api/records.ts'
import { FailureView, Loaded } from '#ui/components/states.tsx'
import { ApiFailure } from '#ui/api/failure.ts'
import { FormPage } from '#ui/engine/detail/pages.ts'
import { RecordForm } from '#ui/engine/form/record-form.tsx'
import { useTitle } from '../frame/use-title.ts'

const LOCKED = new ApiFailure(403, 'client.locked', '这条记录现在不能修改：可能已经提交，或者由其他人办理')

function useWays(entity: string) {
  const navigate = useNavigate()
  return {
    done: (id: string) => void navigate(`/app/${entity}/${id}`, { replace: true }),
    close: (id: string | undefined) => void navigate(id === undefined ? `/app/${entity}` : `/app/${entity}/${id}`),
  }
}

/** The address remembers the draft, so that reloading goes on with it; past the router, so that the open form stays as it is. */
const rememberDraft = (entity: string, id: string): void => window.history.replaceState(window.history.state, '', `/app/${entity}/new?draft=${id}`)

function EditForm({ meta, id }: { readonly meta: EntityMeta; readonly id: string }) {
  const record = useRecord(meta.entity.name, id)
  const { done, close } = useWays(meta.entity.name)
  useTitle(record.data?.title ?? '')
  return (
    <Loaded of={record} lines={10}>
      {(known) => known.acts.includes('edit')
        ? <FormPage generic={RecordForm} meta={meta} record={known} created={() => undefined} done={done} close={() => close(id)} />
        : <FailureView error={LOCKED} />}
    </Loaded>
  )
}

function NewForm({ meta }: { readonly meta: EntityMeta }) {
  const { done, close } = useWays(meta.entity.name)
  const created = useCallback((record: { readonly id: string }) => rememberDraft(meta.entity.name, record.id), [meta.entity.name])
  useTitle(`新建${meta.entity.label}`)
  return <FormPage generic={RecordForm} meta={meta} created={created} done={done} close={() => close(undefined)} />
}

function OpenForm() {
  const { entity = '', id } = useParams()
  const [params] = useSearchParams()
  const known = id ?? params.get('draft') ?? undefined
  return (
    <Loaded of={useEntityMeta(entity)} lines={10}>
      {(meta) => (known === undefined ? <NewForm meta={meta} /> : <EditForm meta={meta} id={known} />)}
    </Loaded>
  )
}

/** A new form for each 新建 and each record. */
export function FormRoute() {
  const { key } = useLocation()
  return <OpenForm key={key} />
}
