import { useMemo } from 'react'
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
import { Attachments, ReceivedText } from './incoming/tabs.tsx'
import { CheckedForm } from './drafting/checked-form.tsx'
import { LivePreview } from './drafting/live-preview.tsx'
import { Compared } from './outgoing/compared.tsx'
import { Deliveries } from './outgoing/deliveries.tsx'
import { formRights, isChecked, isIssued, partsOf } from './outgoing/order.ts'
import type { Part } from './outgoing/order.ts'
import { ChecksPanel, NumberPanel, SignAgain } from './outgoing/panels.tsx'
import { useOutgoingSheet, usePreview } from './outgoing/queries.ts'
import { Pages } from './pages.tsx'

const LABELS: Readonly<Record<Part, string>> = { text: '正文', form: '办理信息', attachments: '附件', sheet: '处理单', compare: '花脸稿', deliveries: '分发情况' }

/** The pages as they will be printed, of the text as it is kept. */
const Preview = ({ id }: { readonly id: string }) => <Loaded of={usePreview(id)} lines={10}>{({ pages }) => <Pages title="正文" pages={pages} />}</Loaded>

const Sheet = ({ id }: { readonly id: string }) => <Loaded of={useOutgoingSheet(id)} lines={10}>{({ title, pages }) => <Pages title={title} pages={pages} />}</Loaded>

function OpenOutgoing({ meta, record, page, result, finish, ...props }: OpenedProps) {
  const rights = useMemo(() => formRights(page.rights), [page.rights])
  const form = useForm({ meta, rights, values: record.values, labels: record.labels, requires: page.task?.requires })
  useFollow(form, record)
  const task = page.task?.state === 'open' ? page.task : undefined
  const [attachments, pdf] = [asIds(record.values['attachments']), asIds(record.values['pdf'])]
  const checked = isChecked(record.state, task?.node)
  const revises = checked && rights['body'] === 'write'
  const drawn: Readonly<Record<Part, ReactNode>> = {
    text: pdf.length > 0 ? <ReceivedText ids={pdf} /> : Object.keys(form.changes).length > 0 ? <LivePreview now={{ id: record.id, values: form.changes }} /> : <Preview id={record.id} />,
    form: revises ? <CheckedForm id={record.id} form={form} /> : <div className="card record-card"><FormView form={form} /></div>,
    attachments: <Attachments ids={attachments} />,
    sheet: <Sheet id={record.id} />,
    compare: <Compared id={record.id} />,
    deliveries: <Deliveries id={record.id} />,
  }
  const [first = 'text', ...others] = partsOf({ writes: task?.writes ?? [], attachments: attachments.length, running: record.caseId !== null, issued: isIssued(record.state) })
  const label = (part: Part): string => (part === 'attachments' ? `${LABELS[part]} ${attachments.length}` : LABELS[part])
  return (
    <RecordFrame
      {...props} meta={meta} record={record} task={page.task} way={page.way} first={label(first)}
      tabs={others.map((part) => ({ key: part, label: label(part), content: drawn[part] }))}
      bar={<TaskBar {...props} record={record} task={page.task} form={form} result={result} finish={finish} />}
    >
      {checked && !(revises && first === 'form') && <ChecksPanel id={record.id} />}
      {task?.node === 'number' && <NumberPanel id={record.id} />}
      {task?.node === 'sign' && record.values['changedSince'] === true && <SignAgain />}
      {drawn[first]}
    </RecordFrame>
  )
}

/** A document being issued: its text as printed, what is filled in, attachments, 处理单, 花脸稿 and where it went. */
export default function OutgoingPage(props: RecordPageProps) {
  return <Loaded of={useEntityMeta(props.entity)} lines={10}>{(meta) => <OpenedRecord {...props} meta={meta} as={OpenOutgoing} />}</Loaded>
}
