import { useState } from 'react'
import { Input, Modal, Select } from 'antd'
import type { Labels } from '#kit/fields/field.ts'
import type { FlowRunDetailWire } from '#kit/wire/flow-run.ts'
import { messageOf } from '#ui/api/failure.ts'
import { useCaseAct } from '#ui/api/tasks.ts'
import { PeopleSelect } from '#ui/engine/picker/people-select.tsx'

export type Act = FlowRunDetailWire['acts'][number]

const ASKS: Readonly<Record<Act, string>> = {
  suspend: '挂起后任何人不能办理，时限停止计算，恢复后顺延。',
  resume: '恢复后继续办理，时限按挂起的时间顺延。',
  rollback: '取消流程的上一步操作，待办恢复到操作之前；表单中已保存的内容不变。',
  jump: '当前环节的待办将取消，流程转到所选环节；中间跳过的环节不再办理。',
  'hand-over': '所选办理人的待办转由接收人办理，原办理人不再办理。',
  terminate: '终止后流程结束，所有未办的任务都将取消，不能恢复。',
}

interface Props {
  readonly run: FlowRunDetailWire
  readonly act: Act
  readonly label: string
  readonly close: () => void
}

/** Asks for the reason and what else an act of the manager needs, and says beforehand what it does. */
export function RunAct({ run, act, label, close }: Props) {
  const [reason, setReason] = useState('')
  const [chosen, setToken] = useState<number | null>(null)
  const [target, setTarget] = useState('')
  const [part, setPart] = useState('')
  const [people, setPeople] = useState<readonly string[]>([])
  const [names, setNames] = useState<Labels>({})
  const send = useCaseAct(run.caseId)
  const token = chosen ?? (run.tokens.length === 1 ? run.tokens[0]?.token : undefined)
  const targets = run.tokens.find((one) => one.token === token)?.targets ?? []
  const cancels = targets.find(({ node }) => node === target)?.cancels ?? []
  const parts = run.steps.flatMap((step) => step.parts.map(({ id, name }) => ({ value: id, label: `${step.name}：${name}` })))
  const ready = (act === 'resume' || reason.trim() !== '') && (act !== 'jump' || target !== '') && (act !== 'hand-over' || (part !== '' && people.length === 1))
  const body = { operation: act, ...(reason.trim() !== '' && { opinion: reason.trim() }), ...(target !== '' && { target }), ...(act === 'jump' && token !== undefined && { token }), ...(part !== '' && { part }), ...(people.length > 0 && { people }) }
  return (
    <Modal
      open title={label} width={520} okText={label} onCancel={close} confirmLoading={send.isPending} okButtonProps={{ danger: act === 'terminate' || act === 'jump' || act === 'rollback', disabled: !ready }}
      onOk={() => send.mutate(body, { onSuccess: close })} destroyOnHidden
    >
      <div className="act">
        <p className="quiet">{ASKS[act]}</p>
        {act === 'jump' && run.tokens.length > 1 && (
          <div><div className="act-label">从哪一处</div><Select aria-label="从哪一处" style={{ width: '100%' }} value={token} placeholder="几处同时在办，请选择" options={run.tokens.map((one) => ({ value: one.token, label: one.name }))} onChange={(one) => { setToken(one); setTarget('') }} /></div>
        )}
        {act === 'jump' && <div><div className="act-label">转到</div><Select aria-label="转到" style={{ width: '100%' }} disabled={token === undefined} value={target || undefined} placeholder="请选择环节" options={targets.map(({ node, name }) => ({ value: node, label: name }))} onChange={setTarget} /></div>}
        {cancels.length > 0 && <div className="problem" role="status">同时取消正在办理的：{cancels.join('、')}</div>}
        {act === 'hand-over' && (
          <>
            <div><div className="act-label">谁的待办</div><Select aria-label="谁的待办" style={{ width: '100%' }} value={part || undefined} placeholder="请选择" options={parts} onChange={setPart} /></div>
            <div><div className="act-label">由谁接收</div><PeopleSelect title="由谁接收" several={false} identity="post" value={people} labels={names} change={(ids, more) => { setNames(more); setPeople(ids) }} /></div>
          </>
        )}
        <div><div className="act-label">理由{act !== 'resume' && '（必填，记入办理过程）'}</div><Input.TextArea aria-label="理由" autoFocus value={reason} onChange={(event) => setReason(event.target.value)} autoSize={{ minRows: 2, maxRows: 5 }} maxLength={500} /></div>
        {send.error !== null && <div className="problem" role="alert">{messageOf(send.error)}</div>}
      </div>
    </Modal>
  )
}
