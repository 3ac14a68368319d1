import { useState } from 'react'
import { Button, DatePicker, Input, Modal, Segmented } from 'antd'
import dayjs from 'dayjs'
import { addDays, later, shanghaiDate } from '#base/civil-date.ts'
import type { Half, Period } from '#kit/fields/period.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import { messageOf } from '#ui/api/failure.ts'
import { useSignedIn } from '#ui/api/session.ts'
import { useNow } from '#ui/lib/use-now.ts'
import { useLeaveCommand } from './queries.ts'
import './leave.css'

type Act = 'return' | 'extend' | 'cancel'

const ACTS: Readonly<Record<Act, { readonly label: string; readonly asks: string; readonly states: readonly string[]; readonly danger: boolean }>> = {
  return: { label: '提前销假', asks: '登记实际休假的最后一天，未休的天数退回假期余额。', states: ['away'], danger: false },
  extend: { label: '续假', asks: '从原定结束后接着请假，重新审批；批准后只需在最后一次销假。', states: ['approved', 'away', 'to-report'], danger: false },
  cancel: { label: '撤销', asks: '撤销后这张请假单作废，天数退回假期余额，不能恢复。', states: ['running', 'approved'], danger: true },
}

const HALVES = [{ value: 'am', label: '上午' }, { value: 'pm', label: '下午' }] as const

interface DialogProps {
  readonly act: Act
  readonly record: RecordDetailWire
  readonly close: () => void
}

/** The day proposed: for 提前销假 today, as far as the leave had begun; for 续假 the day after its end. */
function dayOf(act: Act, period: Period, today: string): string {
  return act === 'extend' ? addDays(period.end, 1) : later(period.start, today < period.end ? today : period.end)
}

function ActDialog({ act, record, close }: DialogProps) {
  const today = shanghaiDate(useNow())
  const period = record.values['period'] as Period
  const [end, setEnd] = useState(dayOf(act, period, today))
  const [endHalf, setHalf] = useState<Half>('pm')
  const [reason, setReason] = useState('')
  const run = useLeaveCommand<object>(act)
  const { label, asks, danger } = ACTS[act]
  const input = { id: record.id, ...(act !== 'cancel' && { end, endHalf }), ...(act !== 'return' && { reason }) }
  const needsReason = act !== 'return' && reason.trim() === ''
  return (
    <Modal open title={label} okText={label} okButtonProps={{ danger, disabled: needsReason }} confirmLoading={run.isPending} onCancel={close} onOk={() => run.mutate(input, { onSuccess: close })} width={480}>
      <div className="leave-form">
        <p className="quiet">{asks}</p>
        {act !== 'cancel' && <label><span>{act === 'return' ? '实际休到' : '续假到'}</span><span className="row"><DatePicker value={dayjs(end)} allowClear={false} onChange={(value) => setEnd(value?.format('YYYY-MM-DD') ?? end)} /><Segmented value={endHalf} options={[...HALVES]} onChange={setHalf} /></span></label>}
        {act !== 'return' && <label><span>理由</span><Input.TextArea value={reason} onChange={(event) => setReason(event.target.value)} maxLength={200} autoSize={{ minRows: 2 }} /></label>}
        {run.error !== null && <div className="problem" role="alert">{messageOf(run.error)}</div>}
      </div>
    </Modal>
  )
}

/** Acts of a leave beyond its flow, in the head of the record. */
export default function LeaveActs({ record }: { readonly record: RecordDetailWire }) {
  const { person, permissions } = useSignedIn()
  const [asked, setAsked] = useState<Act | null>(null)
  if (record.values['applicant'] !== person.id && permissions['leave.personnel'] === undefined) return null
  const acts = (Object.keys(ACTS) as Act[]).filter((act) => ACTS[act].states.includes(record.state))
  return (
    <>
      {acts.map((act) => <Button key={act} danger={ACTS[act].danger} onClick={() => setAsked(act)}>{ACTS[act].label}</Button>)}
      {asked !== null && <ActDialog act={asked} record={record} close={() => setAsked(null)} />}
    </>
  )
}
