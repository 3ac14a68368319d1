import { useState } from 'react'
import { Button, Input, Modal, Progress } from 'antd'
import type { TodoWire } from '#kit/wire/task.ts'
import { approve, useMoved } from '#ui/api/tasks.ts'
import { Phrases } from '#ui/engine/flow/phrases.tsx'
import { useBatch } from '#ui/engine/todo/use-batch.ts'

interface Props {
  readonly items: readonly TodoWire[]
  readonly close: () => void
  /** Lines that were agreed to. */
  readonly done: (ids: readonly string[]) => void
}

/** Agrees to several tasks with one opinion; whatever could not be done stays in the list with its reason. */
export function BatchDialog({ items, close, done }: Props) {
  const [opinion, setOpinion] = useState('同意。')
  const [left, setLeft] = useState(items)
  const moved = useMoved()
  const batch = useBatch<TodoWire>((item) => approve(item, opinion.trim()))
  const run = async (): Promise<void> => {
    const failed = await batch.start(left)
    done(left.filter((item) => !failed.has(item)).map(({ id }) => id))
    void moved()
    if (failed.size === 0) return close()
    setLeft([...failed.keys()])
  }
  const { progress } = batch
  const footer = progress === null
    ? [<Button key="close" onClick={close}>{batch.failed.size > 0 ? '关闭' : '取消'}</Button>, <Button key="ok" type="primary" onClick={() => void run()}>{batch.failed.size > 0 ? `重试 ${left.length} 件` : `同意 ${left.length} 件`}</Button>]
    : [<Button key="stop" onClick={batch.stop}>停止</Button>]
  return (
    <Modal open title="批量同意" width={620} onCancel={progress === null ? close : batch.stop} footer={footer} mask={{ closable: false }} destroyOnHidden>
      <p className="quiet">将对以下 {left.length} 件逐件签署“同意”，意见相同。需要填写内容或选择人员的事项请打开办理。</p>
      <ul className="batch-list">
        {left.map((item) => (
          <li key={item.id}>
            <span className="cut grow" title={item.title}>{item.title}</span><span className="quiet">{item.stepName}</span>
            {batch.failed.has(item) && <span className="problem" role="alert">{batch.failed.get(item)}</span>}
          </li>
        ))}
      </ul>
      <div className="row batch-opinion"><span className="grow">意见</span><Phrases use={setOpinion} /></div>
      <Input.TextArea aria-label="意见" value={opinion} onChange={(event) => setOpinion(event.target.value)} autoSize={{ minRows: 2, maxRows: 5 }} maxLength={1000} disabled={progress !== null} />
      {progress !== null && <div role="status" className="batch-progress"><Progress percent={Math.round((progress.done / progress.of) * 100)} showInfo={false} /><span>已办 {progress.done} / {progress.of} 件</span></div>}
    </Modal>
  )
}
