import { useState } from 'react'
import type { ReactNode } from 'react'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import { useEntityMeta } from '#ui/api/meta.ts'
import type { EntityMeta } from '#ui/api/meta.ts'
import { Loaded } from '#ui/components/states.tsx'
import type { RecordPageProps } from '#ui/engine/detail/pages.ts'
import { RecordFrame } from '#ui/engine/detail/record-frame.tsx'
import { TaskBar } from '#ui/engine/detail/task-bar.tsx'
import { useFollow } from '#ui/engine/detail/use-follow.ts'
import { useRecordPage } from '#ui/engine/detail/use-record-page.ts'
import { asIds } from '#ui/engine/fields/props.ts'
import { FormView } from '#ui/engine/form/form-view.tsx'
import { useForm } from '#ui/engine/form/use-form.ts'
import { partsOf } from './incoming/order.ts'
import type { Part } from './incoming/order.ts'
import { Attachments, Readings, ReceivedText, SheetView } from './incoming/tabs.tsx'

const LABELS: Readonly<Record<Part, string>> = { text: '来文正文', form: '办理信息', attachments: '附件', sheet: '处理单', readings: '传阅情况' }

interface OpenProps extends RecordPageProps {
  readonly meta: EntityMeta
  readonly record: RecordDetailWire
  readonly page: ReturnType<typeof useRecordPage>
  readonly result: string | null
  readonly finish: (result: string) => void
}

function OpenIncoming({ meta, record, page, result, finish, ...props }: OpenProps) {
  const form = useForm({ meta, rights: page.rights, values: record.values, labels: record.labels, requires: page.task?.requires })
  useFollow(form, record)
  const attachments = asIds(record.values['attachments'])
  const drawn: Readonly<Record<Part, ReactNode>> = {
    text: <ReceivedText ids={asIds(record.values['main'])} />,
    form: <div className="card record-card"><FormView form={form} /></div>,
    attachments: <Attachments ids={attachments} />,
    sheet: <SheetView id={record.id} />,
    readings: <Readings id={record.id} />,
  }
  const [first = 'text', ...others] = partsOf({ requires: page.task?.requires ?? [], attachments: attachments.length, running: record.caseId !== null })
  const label = (part: Part): string => (part === 'attachments' ? `${LABELS[part]} ${attachments.length}` : LABELS[part])
  return (
    <RecordFrame
      {...props} meta={meta} record={record} task={page.task} entries={page.entries} first={label(first)}
      tabs={others.map((part) => ({ key: part, label: label(part), content: drawn[part] }))}
      bar={<TaskBar {...props} record={record} task={page.task} form={form} result={result} finish={finish} />}
    >
      {drawn[first]}
    </RecordFrame>
  )
}

function Incoming({ meta, ...props }: RecordPageProps & { readonly meta: EntityMeta }) {
  const page = useRecordPage(props.entity, props.id, props.taskId)
  const [result, finish] = useState<string | null>(null)
  return (
    <Loaded of={page.record} lines={10}>
      {(record) => <OpenIncoming key={`${record.id}:${page.task?.id ?? ''}:${page.task?.state ?? ''}`} {...props} meta={meta} record={record} page={page} result={result} finish={finish} />}
    </Loaded>
  )
}

/** A received document: its text page by page, what is filled in, attachments, 处理单 and who has read it. */
export default function IncomingPage(props: RecordPageProps) {
  return <Loaded of={useEntityMeta(props.entity)} lines={10}>{(meta) => <Incoming {...props} meta={meta} />}</Loaded>
}
