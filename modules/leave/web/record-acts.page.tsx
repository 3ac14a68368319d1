import { useState } from 'react'
import { Button, DatePicker, Input, Modal, Segmented } from 'antd'
import dayjs from 'dayjs'
import { shanghaiDate } from '#base/civil-date.ts'
import type { Period } from '#kit/fields/period.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import { messageOf } from '#ui/api/failure.ts'
import { useSignedIn } from '#ui/api/session.ts'
import { useNow } from '#ui/lib/use-now.ts'
import { dayProposed, HALVES, inputOf, isReady, LEAVE_ACTS, leaveActs } from './acts.ts'
import type { ActInput, LeaveAct } from './acts.ts'
import { useLeaveCommand } from './queries.ts'
import './leave.css'

interface DialogProps {
  readonly act: LeaveAct
  readonly record: RecordDetailWire
  readonly close: () => void
}

function ActDialog({ act, record, close }: DialogProps) {
  const today = shanghaiDate(useNow())
  const [input, setInput] = useState<ActInput>({ end: dayProposed(act, record.values['period'] as Period, today), endHalf: 'pm', reason: '' })
  const run = useLeaveCommand<object>(act)
  const { label, asks, danger } = LEAVE_ACTS[act]
  const change = (part: Partial<ActInput>): void => setInput({ ...input, ...part })
  return (
    <Modal open title={label} okText={label} okButtonProps={{ danger, disabled: !isReady(act, input) }} confirmLoading={run.isPending} onCancel={close} onOk={() => run.mutate(inputOf(act, record.id, input), { onSuccess: close })} width={480}>
      <div className="leave-form">
        <p className="quiet">{asks}</p>
        {act !== 'cancel' && <label><span>{act === 'return' ? '实际休到' : '续假到'}</span><span className="row"><DatePicker value={dayjs(input.end)} allowClear={false} onChange={(value) => change({ end: value?.format('YYYY-MM-DD') ?? input.end })} /><Segmented value={input.endHalf} options={[...HALVES]} onChange={(endHalf) => change({ endHalf })} /></span></label>}
        {act !== 'return' && <label><span>理由</span><Input.TextArea value={input.reason} onChange={(event) => change({ reason: event.target.value })} maxLength={200} autoSize={{ minRows: 2 }} /></label>}
        {run.error !== null && <div className="problem" role="alert">{messageOf(run.error)}</div>}
      </div>
    </Modal>
  )
}

/** Acts of a leave beyond its flow, in the head of the record. */
export default function LeaveActs({ record }: { readonly record: RecordDetailWire }) {
  const { person, permissions } = useSignedIn()
  const [asked, setAsked] = useState<LeaveAct | null>(null)
  return (
    <>
      {leaveActs(record, person.id, permissions['leave.personnel'] !== undefined).map((act) => <Button key={act} danger={LEAVE_ACTS[act].danger} onClick={() => setAsked(act)}>{LEAVE_ACTS[act].label}</Button>)}
      {asked !== null && <ActDialog act={asked} record={record} close={() => setAsked(null)} />}
    </>
  )
}
