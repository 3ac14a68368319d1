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
import { isChecked, isIssued } from '../web/outgoing/order.ts'
import { Changed } from './outgoing/changed.tsx'
import { OfficialText } from './outgoing/official-text.tsx'
import { Checks, Deliveries, NextNumber, PrintedPages, SheetPages } from './outgoing/parts.tsx'
import './documents.css'

/** Read in the text or in a tab of their own. */
const SHOWN = ['subject', 'addressees', 'copies', 'note', 'body', 'attachments', 'pdf', 'sheet']
/** Nobody writes a text on a phone. */
const ON_PC = ['body']

function OpenOutgoing({ meta, record, page, result, finish, ...props }: OpenedProps) {
  const form = useForm({ meta, rights: page.rights, values: record.values, labels: record.labels, requires: page.task?.requires })
  useFollow(form, record)
  const node = page.task?.state === 'open' ? page.task.node : undefined
  const [pdf] = asIds(record.values['pdf'])
  const tabs = useMemo(() => [
    { key: 'pages', label: '版式', content: <PrintedPages id={record.id} pdf={pdf} /> },
    ...(record.caseId === null ? [] : [{ key: 'sheet', label: '处理单', content: <SheetPages id={record.id} /> }]),
    ...(isIssued(record.state) ? [{ key: 'deliveries', label: '分发', content: <Deliveries id={record.id} /> }] : []),
  ], [record.id, record.caseId, record.state, pdf])
  return (
    <RecordFrame
      place={props.place} meta={meta} record={record} task={page.task} way={page.way} first="正文" tabs={tabs}
      bar={<TaskBar {...props} record={record} task={page.task} form={form} result={result} finish={finish}><RecordActs record={record} close={props.close} /></TaskBar>}
    >
      {node === 'number' && <NextNumber id={record.id} />}
      {node === 'number' && <StepForm form={form} without={ON_PC} open />}
      <OfficialText record={record} />
      <Attachments ids={asIds(record.values['attachments'])} />
      <Opinions way={page.way} />
      {isChecked(record.state, node) && <Checks id={record.id} />}
      <Changed id={record.id} entries={page.way.entries} />
      {node !== 'number' && <StepForm form={form} without={ON_PC} />}
      <Folded title="文件信息" note="文种、密级、分发单位等"><Particulars form={form} without={SHOWN} /></Folded>
    </RecordFrame>
  )
}

/** A document being issued, to be read and signed with one thumb: text, attachments, opinions, and the rest folded. */
export default function OutgoingPage(props: RecordPageProps) {
  return <Loaded of={useEntityMeta(props.entity)} lines={10}>{(meta) => <OpenedRecord {...props} meta={meta} as={OpenOutgoing} />}</Loaded>
}
