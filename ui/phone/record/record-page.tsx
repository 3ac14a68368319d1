import { use } from 'react'
import { useEntityMeta } from '#ui/api/meta.ts'
import { useRecord } from '#ui/api/records.ts'
import { useTask } from '#ui/api/tasks.ts'
import type { OpenedProps } from '#ui/engine/detail/opened-record.tsx'
import { ModulePagesContext } from '#ui/engine/detail/pages.ts'
import type { RecordPageProps } from '#ui/engine/detail/pages.ts'
import { useFollow } from '#ui/engine/detail/use-follow.ts'
import { isBlank } from '#ui/engine/fields/rights.ts'
import { rowsOf } from '#ui/engine/form/layout.ts'
import { useForm } from '#ui/engine/form/use-form.ts'
import { FormView } from '../fields/form-view.tsx'
import { Opinions } from '../flow/opinions.tsx'
import { TaskBar } from '../flow/task-bar.tsx'
import { Page } from '../frame/page.tsx'
import { Loaded } from '../frame/states.tsx'
import { fileTabs, readableFiles } from './file-tabs.tsx'
import { KeyFacts, keyFacts } from './key-facts.tsx'
import { OpenedRecord } from './opened-record.tsx'
import { RecordActs } from './record-acts.tsx'
import { RecordFrame } from './record-frame.tsx'

function GenericRecord({ meta, record, page, ...props }: OpenedProps) {
  const form = useForm({ meta, rights: page.rights, values: record.values, labels: record.labels, ...(page.task !== undefined && { requires: page.task.requires }) })
  useFollow(form, record)
  const readable = readableFiles(meta, page.rights, record)
  const facts = keyFacts(meta, page.rights)
  const elsewhere = [...facts, ...readable.map(({ key }) => key)]
  const more = rowsOf(meta, page.rights, form.values).flat().some(({ key, right }) => !elsewhere.includes(key) && (right === 'write' || !isBlank(form.values[key])))
  const moduleActs = use(ModulePagesContext).acts?.(meta.module, record)
  const bar = <TaskBar {...props} record={record} task={page.task} form={form}>{moduleActs}<RecordActs record={record} close={props.close} /></TaskBar>
  return (
    <RecordFrame place={props.place} meta={meta} record={record} task={page.task} way={page.way} bar={bar} tabs={fileTabs(readable)}>
      <KeyFacts meta={meta} record={record} facts={facts} />
      <Opinions way={page.way} />
      {more && <section className="p-card p-pad p-form"><FormView form={form} without={elsewhere} /></section>}
    </RecordFrame>
  )
}

/** A record with everything around it; a module's own page takes the place of the generic one. */
export function RecordPage(props: RecordPageProps) {
  const meta = useEntityMeta(props.entity)
  // Asked for together with the definition: on a slow network each wait counts.
  useRecord(props.entity, props.id)
  useTask(props.taskId)
  const pages = use(ModulePagesContext)
  if (meta.data === undefined) return <Page title="" home="/"><Loaded of={meta} lines={10}>{() => null}</Loaded></Page>
  return (
    <Loaded of={meta}>
      {(known) => {
        const Custom = known.custom.detail === undefined ? undefined : pages.record(known.module, known.custom.detail)
        return Custom === undefined ? <OpenedRecord key={props.id} {...props} meta={known} as={GenericRecord} /> : <Custom key={props.id} {...props} />
      }}
    </Loaded>
  )
}
