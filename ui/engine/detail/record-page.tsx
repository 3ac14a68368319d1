import { use } from 'react'
import { useEntityMeta } from '#ui/api/meta.ts'
import { Loaded } from '#ui/components/states.tsx'
import { FormView } from '#ui/engine/form/form-view.tsx'
import { useForm } from '#ui/engine/form/use-form.ts'
import { OpenedRecord } from './opened-record.tsx'
import type { OpenedProps } from './opened-record.tsx'
import { ModulePagesContext } from './pages.ts'
import type { RecordPageProps } from './pages.ts'
import { RecordFrame } from './record-frame.tsx'
import { TaskBar } from './task-bar.tsx'
import { useFollow } from './use-follow.ts'

function GenericRecord({ meta, record, page, result, finish, ...props }: OpenedProps) {
  const form = useForm({ meta, rights: page.rights, values: record.values, labels: record.labels, requires: page.task?.requires })
  useFollow(form, record)
  return (
    <RecordFrame
      {...props} meta={meta} record={record} task={page.task} way={page.way}
      bar={<TaskBar {...props} record={record} task={page.task} form={form} result={result} finish={finish} />}
    >
      <div className="card record-card"><FormView form={form} /></div>
    </RecordFrame>
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
        return Custom === undefined ? <OpenedRecord key={props.id} {...props} meta={known} as={GenericRecord} /> : <Custom key={props.id} {...props} />
      }}
    </Loaded>
  )
}
