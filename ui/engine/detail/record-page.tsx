import { use, useState } from 'react'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import { useEntityMeta } from '#ui/api/meta.ts'
import type { EntityMeta } from '#ui/api/meta.ts'
import { Loaded } from '#ui/components/states.tsx'
import { FormView } from '#ui/engine/form/form-view.tsx'
import { useForm } from '#ui/engine/form/use-form.ts'
import { ModulePagesContext } from './pages.ts'
import type { RecordPageProps } from './pages.ts'
import { RecordFrame } from './record-frame.tsx'
import { TaskBar } from './task-bar.tsx'
import { useFollow } from './use-follow.ts'
import { useRecordPage } from './use-record-page.ts'

type Page = ReturnType<typeof useRecordPage>

interface OpenProps extends RecordPageProps {
  readonly meta: EntityMeta
  readonly record: RecordDetailWire
  readonly page: Page
  readonly result: string | null
  readonly finish: (result: string) => void
}

/** Keyed by task, so that the form starts anew when the step changed, but not when somebody else saved the record. */
function OpenRecord({ meta, record, page, result, finish, ...props }: OpenProps) {
  const form = useForm({ meta, rights: page.rights, values: record.values, labels: record.labels, requires: page.task?.requires })
  useFollow(form, record)
  return (
    <RecordFrame
      {...props} meta={meta} record={record} task={page.task} entries={page.entries}
      bar={<TaskBar {...props} record={record} task={page.task} form={form} result={result} finish={finish} />}
    >
      <div className="card record-card"><FormView form={form} /></div>
    </RecordFrame>
  )
}

function GenericRecordPage({ meta, ...props }: RecordPageProps & { readonly meta: EntityMeta }) {
  const page = useRecordPage(props.entity, props.id, props.taskId)
  const [result, finish] = useState<string | null>(null)
  return (
    <Loaded of={page.record} lines={10}>
      {(record) => <OpenRecord key={`${record.id}:${page.task?.id ?? ''}:${page.task?.state ?? ''}`} {...props} meta={meta} record={record} page={page} result={result} finish={finish} />}
    </Loaded>
  )
}

/** A record with everything around it; a module's own page takes the place of the generic one. */
export function RecordPage(props: RecordPageProps) {
  const meta = useEntityMeta(props.entity)
  const pages = use(ModulePagesContext)
  return (
    <Loaded of={meta} lines={10}>
      {(known) => {
        const Custom = known.custom.detail === undefined ? undefined : pages.record(known.module, known.custom.detail)
        return Custom === undefined ? <GenericRecordPage key={props.id} {...props} meta={known} /> : <Custom key={props.id} {...props} />
      }}
    </Loaded>
  )
}
