import type { ReactNode } from 'react'
import { useEntityMeta } from '#ui/api/meta.ts'
import { Loaded } from '#ui/components/states.tsx'
import { OpenedRecord } from '#ui/engine/detail/opened-record.tsx'
import type { OpenedProps } from '#ui/engine/detail/opened-record.tsx'
import type { RecordPageProps } from '#ui/engine/detail/pages.ts'
import { RecordFrame } from '#ui/engine/detail/record-frame.tsx'
import { TaskBar } from '#ui/engine/detail/task-bar.tsx'
import { useFollow } from '#ui/engine/detail/use-follow.ts'
import { asIds } from '#ui/engine/fields/props.ts'
import { FormView } from '#ui/engine/form/form-view.tsx'
import { useForm } from '#ui/engine/form/use-form.ts'
import { partsOf } from './incoming/order.ts'
import type { Part } from './incoming/order.ts'
import { Attachments, Readings, ReceivedText, SheetView } from './incoming/tabs.tsx'

const LABELS: Readonly<Record<Part, string>> = { text: '来文正文', form: '办理信息', attachments: '附件', sheet: '处理单', readings: '传阅情况' }

function OpenIncoming({ meta, record, page, result, finish, ...props }: OpenedProps) {
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
      {...props} meta={meta} record={record} task={page.task} way={page.way} first={label(first)}
      tabs={others.map((part) => ({ key: part, label: label(part), content: drawn[part] }))}
      bar={<TaskBar {...props} record={record} task={page.task} form={form} result={result} finish={finish} />}
    >
      {drawn[first]}
    </RecordFrame>
  )
}

/** A received document: its text page by page, what is filled in, attachments, 处理单 and who has read it. */
export default function IncomingPage(props: RecordPageProps) {
  return <Loaded of={useEntityMeta(props.entity)} lines={10}>{(meta) => <OpenedRecord {...props} meta={meta} as={OpenIncoming} />}</Loaded>
}
