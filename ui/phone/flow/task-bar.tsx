import type { ReactNode } from 'react'
import { CheckCircleFilled } from '@ant-design/icons'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { TaskWire, TimelineWire } from '#kit/wire/task.ts'
import { messageOf } from '#ui/api/failure.ts'
import { useMarkRead } from '#ui/api/tasks.ts'
import type { RecordPageProps } from '#ui/engine/detail/pages.ts'
import { useTaskFlow } from '#ui/engine/detail/use-task-flow.ts'
import type { TaskFlow } from '#ui/engine/detail/use-task-flow.ts'
import type { Form } from '#ui/engine/form/use-form.ts'
import { FlowBar } from './flow-bar.tsx'
import { NextStep } from './next-step.tsx'

interface Props extends Pick<RecordPageProps, 'close' | 'next' | 'readingId'> {
  readonly record: RecordDetailWire
  readonly task: TaskWire | undefined
  readonly form: Form
  /** The way of the case, to say who comes next. */
  readonly entries: readonly TimelineWire['entries'][number][]
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

const OpenTaskBar = ({ entries, ...props }: TaskFlow & Pick<Props, 'entries'>) => <FlowBar bar={useTaskFlow(props)} note={<NextStep entries={entries} />} />

function ReadingBar({ readingId, done }: { readonly readingId: string; readonly done: (next: string) => void }) {
  const read = useMarkRead()
  return (
    <section className="p-bar" aria-label="阅读">
      {read.error !== null && <div className="p-alert" role="alert">{messageOf(read.error)}</div>}
      <div className="p-acts"><button type="button" className="p-button" data-tone="primary" data-first disabled={read.isPending} onClick={() => read.mutate({ id: readingId }, { onSuccess: () => done('已阅') })}>已阅</button></div>
    </section>
  )
}

/** The acts open to this person on the record: of the task, of the reading, or of the record itself. */
export function TaskBar({ record, task, form, entries, close, next, readingId, result, finish, children = null }: Props) {
  if (result !== null) return <DoneBar text={result} close={close} next={next} />
  if (task !== undefined && task.state === 'open') return <OpenTaskBar record={record} task={task} form={form} entries={entries} done={finish} />
  return readingId === undefined ? children : <ReadingBar readingId={readingId} done={finish} />
}
