import { useState } from 'react'
import type { ReactNode } from 'react'
import { CheckCircleFilled } from '@ant-design/icons'
import type { Labels } from '#kit/fields/field.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { TaskWire } from '#kit/wire/task.ts'
import { messageOf } from '#ui/api/failure.ts'
import { useMarkRead, usePassOn } from '#ui/api/tasks.ts'
import type { RecordPageProps } from '#ui/engine/detail/pages.ts'
import { useTaskFlow } from '#ui/engine/detail/use-task-flow.ts'
import type { TaskFlow } from '#ui/engine/detail/use-task-flow.ts'
import { AfterLine } from '#ui/engine/flow/after-line.tsx'
import { isAsked } from '#ui/engine/flow/bar-model.ts'
import type { Form } from '#ui/engine/form/use-form.ts'
import { Sheet } from '../frame/sheet.tsx'
import { PeopleField } from '../picker/people-field.tsx'
import { FlowBar } from './flow-bar.tsx'
import { Opinion } from './opinion.tsx'

interface Props extends Pick<RecordPageProps, 'close' | 'next' | 'readingId'> {
  readonly record: RecordDetailWire
  readonly task: TaskWire | undefined
  readonly form: Form
  /** What became of the task just dealt with; kept above the bar, which starts anew with the next task. */
  readonly result: string | null
  readonly finish: (result: string) => void
  /** Acts of the record itself, shown while no task is open. */
  readonly children?: ReactNode
}

/** What became of it, and the way on. */
const DoneBar = ({ text, close, next }: { readonly text: string } & Pick<Props, 'close' | 'next'>) => (
  <section className="p-bar" role="status">
    <p className="p-done"><CheckCircleFilled aria-hidden />{text}</p>
    <div className="p-acts">
      {next && <button type="button" className="p-button" data-tone="primary" data-first onClick={next}>下一件</button>}
      <button type="button" className="p-button" data-first={next === undefined || undefined} onClick={close}>返回</button>
    </div>
  </section>
)

const OpenTaskBar = (props: TaskFlow) => <FlowBar bar={useTaskFlow(props)} note={isAsked(props.task) ? null : <AfterLine caseId={props.task.caseId} node={props.task.node} />} />

/** Passes the copy on to others. */
function PassOnSheet({ readingId, close }: { readonly readingId: string; readonly close: () => void }) {
  const [people, setPeople] = useState<readonly string[]>([])
  const [names, setNames] = useState<Labels>({})
  const pass = usePassOn()
  const confirm = <button type="button" className="p-button grow" data-tone="primary" disabled={pass.isPending || people.length === 0} onClick={() => pass.mutate({ id: readingId, people }, { onSuccess: close })}>转阅</button>
  return (
    <Sheet title="转阅" close={close} foot={confirm}>
      <div className="p-act">
        <PeopleField title="转给谁阅" several identity="post" value={people} labels={names} change={(ids, more) => { setNames(more); setPeople(ids) }} />
        {pass.error !== null && <p className="problem" role="alert">{messageOf(pass.error)}</p>}
      </div>
    </Sheet>
  )
}

/** A document to be read: 已阅 alone, or with a word about it, and 转阅. */
function ReadingBar({ readingId, done }: { readonly readingId: string; readonly done: (next: string) => void }) {
  const read = useMarkRead()
  const [opinion, setOpinion] = useState<string | null>(null)
  const [passing, setPassing] = useState(false)
  const send = (): void => read.mutate({ id: readingId, opinion: opinion?.trim() ?? '' }, { onSuccess: () => done('已阅') })
  return (
    <section className="p-bar" aria-label="阅读">
      {read.error !== null && <div className="p-alert" role="alert">{messageOf(read.error)}</div>}
      {opinion !== null && <Opinion value={opinion} change={setOpinion} />}
      <div className="p-acts">
        <button type="button" className="p-button" data-tone="primary" data-first disabled={read.isPending} onClick={send}>已阅</button>
        {opinion === null && <button type="button" className="p-button" onClick={() => setOpinion('')}>写意见</button>}
        <button type="button" className="p-button" onClick={() => setPassing(true)}>转阅</button>
      </div>
      {passing && <PassOnSheet readingId={readingId} close={() => setPassing(false)} />}
    </section>
  )
}

/** The acts open to this person on the record: of the task, of the reading, or of the record itself. */
export function TaskBar({ record, task, form, close, next, readingId, result, finish, children = null }: Props) {
  if (result !== null) return <DoneBar text={result} close={close} next={next} />
  if (task !== undefined && task.state === 'open') return <OpenTaskBar record={record} task={task} form={form} done={finish} />
  return readingId === undefined ? children : <ReadingBar readingId={readingId} done={finish} />
}
