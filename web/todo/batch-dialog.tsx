import { useState } from 'react'
import { Button, Input, Modal, Progress } from 'antd'
import { CheckCircleFilled } from '@ant-design/icons'
import type { TodoWire } from '#kit/wire/task.ts'
import { messageOf } from '#ui/api/failure.ts'
import { useTakeBack } from '#ui/api/tasks.ts'
import { Phrases } from '#ui/engine/flow/phrases.tsx'
import { useBatch } from '#ui/engine/todo/use-batch.ts'

interface Props {
  readonly items: readonly TodoWire[]
  readonly close: () => void
  /** Lines that were agreed to. */
  readonly done: (ids: readonly string[]) => void
}

/** Agreed to, and the way back while the next person has not acted. */
function DoneLine({ item, undone }: { readonly item: TodoWire; readonly undone: () => void }) {
  const back = useTakeBack(item)
  return (
    <>
      <CheckCircleFilled style={{ color: 'var(--green)' }} /><span>已同意</span>
      {back.error !== null && <span className="problem" role="alert">{messageOf(back.error)}</span>}
      {back.error === null && <Button size="small" type="link" loading={back.isPending} onClick={() => back.mutate(undefined, { onSuccess: undone })}>撤回</Button>}
    </>
  )
}

/** Agrees to several tasks with one opinion; each has its own result, what was agreed to can be taken back, what could not be done says why. */
export function BatchDialog({ items, close, done }: Props) {
  const [opinion, setOpinion] = useState('同意。')
  const [undone, setUndone] = useState<ReadonlySet<string>>(new Set())
  const { progress, results, start, stop } = useBatch()
  const run = async (left: readonly TodoWire[]): Promise<void> => done(await start(left, opinion.trim()))
  const failed = items.filter(({ id }) => results.get(id)?.done === false)
  const agreed = items.filter(({ id }) => results.get(id)?.done === true && !undone.has(id))
  const finished = results.size > 0 && progress === null
  const footer = progress !== null
    ? [<Button key="stop" onClick={stop}>停止</Button>]
    : finished
      ? [...(failed.length > 0 ? [<Button key="again" onClick={() => void run(failed)}>重试 {failed.length} 件</Button>] : []), <Button key="close" type="primary" onClick={close}>完成</Button>]
      : [<Button key="close" onClick={close}>取消</Button>, <Button key="ok" type="primary" onClick={() => void run(items)}>同意 {items.length} 件</Button>]
  return (
    <Modal open title="批量同意" width={680} onCancel={progress === null ? close : stop} footer={footer} mask={{ closable: false }} destroyOnHidden>
      <p className="quiet" role="status">
        {finished ? `已同意 ${agreed.length} 件${failed.length > 0 ? `，${failed.length} 件未办成` : ''}${undone.size > 0 ? `，撤回 ${undone.size} 件` : ''}。下一环节办理前可以撤回。` : `将对以下 ${items.length} 件逐件签署“同意”，意见相同。需要填写内容或选择人员的事项请打开办理。`}
      </p>
      <ul className="batch-list">
        {items.map((item) => {
          const result = results.get(item.id)
          return (
            <li key={item.id}>
              <span className="cut grow" title={item.title}>{item.title}</span><span className="quiet">{item.stepName}</span>
              {undone.has(item.id) ? <span className="quiet">已撤回</span> : result?.done === true && <DoneLine item={item} undone={() => setUndone((old) => new Set([...old, item.id]))} />}
              {result?.done === false && <span className="problem" role="alert">{result.problem}</span>}
            </li>
          )
        })}
      </ul>
      {!finished && (
        <>
          <div className="row batch-opinion"><span className="grow">意见</span><Phrases use={setOpinion} /></div>
          <Input.TextArea aria-label="意见" value={opinion} onChange={(event) => setOpinion(event.target.value)} autoSize={{ minRows: 2, maxRows: 5 }} maxLength={1000} disabled={progress !== null} />
        </>
      )}
      {progress !== null && <div className="batch-progress"><Progress percent={Math.round((progress.done / progress.of) * 100)} showInfo={false} /><span>已办 {progress.done} / {progress.of} 件</span></div>}
    </Modal>
  )
}
