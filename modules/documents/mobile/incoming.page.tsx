import { useMemo } from 'react'
import { useEntityMeta } from '#ui/api/meta.ts'
import type { OpenedProps } from '#ui/engine/detail/opened-record.tsx'
import type { RecordPageProps } from '#ui/engine/detail/pages.ts'
import { useFollow } from '#ui/engine/detail/use-follow.ts'
import { asIds } from '#ui/engine/fields/props.ts'
import { useForm } from '#ui/engine/form/use-form.ts'
import { Opinions } from '#ui/phone/flow/opinions.tsx'
import { TaskBar } from '#ui/phone/flow/task-bar.tsx'
import { Loaded } from '#ui/phone/frame/states.tsx'
import { Attachments } from '#ui/phone/record/attachments.tsx'
import { Folded } from '#ui/phone/record/folded.tsx'
import { OpenedRecord } from '#ui/phone/record/opened-record.tsx'
import { Particulars } from '#ui/phone/record/particulars.tsx'
import { RecordActs } from '#ui/phone/record/record-acts.tsx'
import { RecordFrame } from '#ui/phone/record/record-frame.tsx'
import { StepForm } from '#ui/phone/record/step-form.tsx'
import { ReceivedText, Readings, SheetPages } from './incoming/parts.tsx'
import { Summary } from './incoming/summary.tsx'
import './documents.css'

/** Read above, in the text or in a tab of their own. */
const SHOWN = ['subject', 'sender', 'senderNumber', 'dueOn', 'proposal', 'main', 'attachments', 'sheet']

function OpenIncoming({ meta, record, page, result, finish, ...props }: OpenedProps) {
  const form = useForm({ meta, rights: page.rights, values: record.values, labels: record.labels, requires: page.task?.requires })
  useFollow(form, record)
  const [main] = asIds(record.values['main'])
  const tabs = useMemo(() => [
    ...(main === undefined ? [] : [{ key: 'pages', label: '版式', content: <ReceivedText id={main} as="pages" /> }]),
    ...(record.caseId === null ? [] : [{ key: 'sheet', label: '处理单', content: <SheetPages id={record.id} /> }, { key: 'readings', label: '传阅', content: <Readings id={record.id} /> }]),
  ], [record.id, record.caseId, main])
  const demanding = form.requires.length > 0
  return (
    <RecordFrame
      place={props.place} meta={meta} record={record} task={page.task} way={page.way} first="正文" tabs={tabs}
      bar={<TaskBar {...props} record={record} task={page.task} form={form} result={result} finish={finish}><RecordActs record={record} close={props.close} /></TaskBar>}
    >
      <Summary record={record} writesProposal={form.rights['proposal'] === 'write'} />
      {demanding && <StepForm form={form} />}
      {main !== undefined && <ReceivedText id={main} as="words" />}
      <Attachments ids={asIds(record.values['attachments'])} />
      <Opinions way={page.way} />
      {!demanding && <StepForm form={form} />}
      <Folded title="文件信息" note="类别、密级、办理部门等"><Particulars form={form} without={SHOWN} /></Folded>
    </RecordFrame>
  )
}

/** A received document on the phone: what it is and what is proposed, its text, attachments, opinions, and the rest folded. */
export default function IncomingPage(props: RecordPageProps) {
  return <Loaded of={useEntityMeta(props.entity)} lines={10}>{(meta) => <OpenedRecord {...props} meta={meta} as={OpenIncoming} />}</Loaded>
}
