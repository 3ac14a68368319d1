import { useState } from 'react'
import { Button, Input, Modal } from 'antd'
import { CheckCircleFilled } from '@ant-design/icons'
import type { Labels } from '#kit/fields/field.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { TaskWire } from '#kit/wire/task.ts'
import { messageOf } from '#ui/api/failure.ts'
import { useMarkRead, usePassOn } from '#ui/api/tasks.ts'
import type { Form } from '#ui/engine/form/use-form.ts'
import { AfterLine } from '#ui/engine/flow/after-line.tsx'
import { isAsked } from '#ui/engine/flow/bar-model.ts'
import { FlowBar } from '#ui/engine/flow/flow-bar.tsx'
import { PeopleSelect } from '#ui/engine/picker/people-select.tsx'
import { useTaskFlow } from './use-task-flow.ts'
import type { TaskFlow } from './use-task-flow.ts'
import type { RecordPageProps } from './pages.ts'

interface Props extends Pick<RecordPageProps, 'close' | 'next' | 'readingId'> {
  readonly record: RecordDetailWire
  readonly task: TaskWire | undefined
  readonly form: Form
  /** What became of the task just dealt with; kept above the bar, which starts anew with the next task. */
  readonly result: string | null
  readonly finish: (result: string) => void
}

/** What became of it, and the way on. */
const DoneBar = ({ text, close, next }: { readonly text: string } & Pick<Props, 'close' | 'next'>) => (
  <div className="flow-bar done-bar" role="status">
    <CheckCircleFilled style={{ color: 'var(--green)' }} />
    <span className="grow">{text}</span>
    <Button onClick={close}>返回</Button>
    {next && <Button type="primary" autoFocus onClick={next}>下一件</Button>}
  </div>
)

const OpenTaskBar = (props: TaskFlow) => <FlowBar bar={useTaskFlow(props)} ahead={isAsked(props.task) ? null : <AfterLine caseId={props.task.caseId} node={props.task.node} />} />

/** Passes the copy on to others, before or after it is read. */
function PassOn({ readingId, close }: { readonly readingId: string; readonly close: () => void }) {
  const [people, setPeople] = useState<readonly string[]>([])
  const [names, setNames] = useState<Labels>({})
  const pass = usePassOn()
  return (
    <Modal open title="转阅" okText="转阅" width={520} onCancel={close} confirmLoading={pass.isPending} okButtonProps={{ disabled: people.length === 0 }} onOk={() => pass.mutate({ id: readingId, people }, { onSuccess: close })} destroyOnHidden>
      <div className="act">
        <div><div className="act-label">转给谁阅</div><PeopleSelect title="转给谁阅" several identity="post" value={people} labels={names} change={(ids, more) => { setNames(more); setPeople(ids) }} /></div>
        {pass.error !== null && <div className="problem" role="alert">{messageOf(pass.error)}</div>}
      </div>
    </Modal>
  )
}

/** A copy to be read: 已阅 with or without a word about it, and 转阅. */
function ReadingBar({ readingId, done }: { readonly readingId: string; readonly done: (next: string) => void }) {
  const read = useMarkRead()
  const [opinion, setOpinion] = useState('')
  const [passing, setPassing] = useState(false)
  const send = (): void => read.mutate({ id: readingId, ...(opinion.trim() !== '' && { opinion: opinion.trim() }) }, { onSuccess: () => done('已阅') })
  return (
    <div className="flow-bar no-print">
      {read.error !== null && <div className="problem" role="alert">{messageOf(read.error)}</div>}
      <div className="row">
        <Input className="grow" aria-label="阅读意见" placeholder="阅读意见（选填；参阅件必填）" maxLength={1000} value={opinion} onChange={(event) => setOpinion(event.target.value)} />
        <Button onClick={() => setPassing(true)}>转阅</Button>
        <Button type="primary" loading={read.isPending} onClick={send}>已阅</Button>
      </div>
      {passing && <PassOn readingId={readingId} close={() => setPassing(false)} />}
    </div>
  )
}

/** The acts open to this person on the record: of the task, of the reading, or none. */
export function TaskBar({ record, task, form, close, next, readingId, result, finish }: Props) {
  if (result !== null) return <DoneBar text={result} close={close} next={next} />
  if (task !== undefined && task.state === 'open') return <OpenTaskBar record={record} task={task} form={form} done={finish} />
  return readingId === undefined ? null : <ReadingBar readingId={readingId} done={finish} />
}
