import { Button } from 'antd'
import { CheckCircleFilled } from '@ant-design/icons'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { TaskWire } from '#kit/wire/task.ts'
import { useMarkRead } from '#ui/api/tasks.ts'
import type { Form } from '#ui/engine/form/use-form.ts'
import { AfterLine } from '#ui/engine/flow/after-line.tsx'
import { FlowBar } from '#ui/engine/flow/flow-bar.tsx'
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

const OpenTaskBar = (props: TaskFlow) => <FlowBar bar={useTaskFlow(props)} ahead={<AfterLine caseId={props.task.caseId} node={props.task.node} />} />

function ReadingBar({ readingId, done }: { readonly readingId: string; readonly done: (next: string) => void }) {
  const read = useMarkRead()
  return (
    <div className="flow-bar no-print row" style={{ justifyContent: 'flex-end' }}>
      <Button type="primary" loading={read.isPending} onClick={() => read.mutate({ id: readingId }, { onSuccess: () => done('已阅') })}>已阅</Button>
    </div>
  )
}

/** The acts open to this person on the record: of the task, of the reading, or none. */
export function TaskBar({ record, task, form, close, next, readingId, result, finish }: Props) {
  if (result !== null) return <DoneBar text={result} close={close} next={next} />
  if (task !== undefined && task.state === 'open') return <OpenTaskBar record={record} task={task} form={form} done={finish} />
  return readingId === undefined ? null : <ReadingBar readingId={readingId} done={finish} />
}
