import { useState } from 'react'
import { Input, Modal, Radio } from 'antd'
import type { DeadTimerWire } from '#kit/wire/flow-run.ts'
import { messageOf } from '#ui/api/failure.ts'
import { useGiveCallUp } from '#ui/api/flow-runs.ts'

/** Asks how a case goes on whose service does not work, and why. */
export function GiveUp({ timer, close }: { readonly timer: DeadTimerWire; readonly close: () => void }) {
  const [as, setAs] = useState<'done' | 'refused'>('done')
  const [code, setCode] = useState('')
  const [reason, setReason] = useState('')
  const send = useGiveCallUp()
  const ready = reason.trim() !== '' && (as === 'done' || code.trim() !== '')
  const order = { caseId: timer.caseId, timer: timer.id, as, reason: reason.trim(), ...(as === 'refused' && { code: code.trim() }) }
  return (
    <Modal open title="放弃调用" width={520} okText="放弃调用" onCancel={close} confirmLoading={send.isPending} okButtonProps={{ danger: true, disabled: !ready }} onOk={() => send.mutate(order, { onSuccess: close })} destroyOnHidden>
      <div className="act">
        <p className="quiet">不再重试该服务，“{timer.title}”按以下方式继续办理。服务应当完成的事需另行处理。</p>
        <Radio.Group aria-label="如何继续" value={as} onChange={(event) => setAs(event.target.value as 'done' | 'refused')} options={[{ value: 'done', label: '跳过，办理下一环节' }, { value: 'refused', label: '按业务错误处理' }]} />
        {as === 'refused' && <div><div className="act-label">错误代码（流程模型中已设置处理方式的）</div><Input aria-label="错误代码" value={code} onChange={(event) => setCode(event.target.value)} maxLength={100} /></div>}
        <div><div className="act-label">理由（必填，记入审计日志）</div><Input.TextArea aria-label="理由" autoFocus value={reason} onChange={(event) => setReason(event.target.value)} autoSize={{ minRows: 2, maxRows: 5 }} maxLength={500} /></div>
        {send.error !== null && <div className="problem" role="alert">{messageOf(send.error)}</div>}
      </div>
    </Modal>
  )
}
