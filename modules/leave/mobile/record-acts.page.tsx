import { useState } from 'react'
import { shanghaiDate } from '#base/civil-date.ts'
import type { Half, Period } from '#kit/fields/period.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import { messageOf } from '#ui/api/failure.ts'
import { useSignedIn } from '#ui/api/session.ts'
import { Sheet } from '#ui/phone/frame/sheet.tsx'
import { useNow } from '#ui/lib/use-now.ts'
import { dayProposed, HALVES, inputOf, isReady, LEAVE_ACTS, leaveActs } from '../web/acts.ts'
import type { ActInput, LeaveAct } from '../web/acts.ts'
import { useLeaveCommand } from '../web/queries.ts'

interface SheetProps {
  readonly act: LeaveAct
  readonly record: RecordDetailWire
  readonly close: () => void
}

function ActSheet({ act, record, close }: SheetProps) {
  const today = shanghaiDate(useNow())
  const [input, setInput] = useState<ActInput>({ end: dayProposed(act, record.values['period'] as Period, today), endHalf: 'pm', reason: '' })
  const run = useLeaveCommand<object>(act)
  const { label, asks, danger } = LEAVE_ACTS[act]
  const change = (part: Partial<ActInput>): void => setInput({ ...input, ...part })
  const send = (): void => run.mutate(inputOf(act, record.id, input), { onSuccess: close })
  return (
    <Sheet title={label} close={close} foot={<button type="button" className="p-button grow" data-tone={danger ? 'seal' : 'primary'} disabled={run.isPending || !isReady(act, input)} onClick={send}>{label}</button>}>
      <div className="p-act">
        <p className={danger ? 'p-warning' : 'quiet'}>{asks}</p>
        {act !== 'cancel' && (
          <div className="p-cell">
            <label className="p-label" htmlFor="leave-end">{act === 'return' ? '实际休到' : '续假到'}</label>
            <div className="p-period">
              <input id="leave-end" className="p-input grow" type="date" value={input.end} onChange={(event) => change({ end: event.target.value })} />
              <select className="p-input" aria-label="上午或下午" value={input.endHalf} onChange={(event) => change({ endHalf: event.target.value as Half })}>{HALVES.map(({ value, label: half }) => <option key={value} value={value}>{half}</option>)}</select>
            </div>
          </div>
        )}
        {act !== 'return' && <div className="p-cell"><label className="p-label" htmlFor="leave-reason">理由</label><textarea id="leave-reason" className="p-input" rows={3} maxLength={200} value={input.reason} onChange={(event) => change({ reason: event.target.value })} /></div>}
        {run.error !== null && <p className="problem" role="alert">{messageOf(run.error)}</p>}
      </div>
    </Sheet>
  )
}

/** Acts of a leave beyond its flow, among the acts of the record. */
export default function LeaveActs({ record }: { readonly record: RecordDetailWire }) {
  const { person, permissions } = useSignedIn()
  const [asked, setAsked] = useState<LeaveAct | null>(null)
  const acts = leaveActs(record, person.id, permissions['leave.personnel'] !== undefined)
  if (acts.length === 0) return null
  return (
    <section className="p-bar" aria-label="请假操作">
      <div className="p-acts">{acts.map((act) => <button key={act} type="button" className="p-button" data-tone={LEAVE_ACTS[act].danger ? 'seal-line' : undefined} onClick={() => setAsked(act)}>{LEAVE_ACTS[act].label}</button>)}</div>
      {asked !== null && <ActSheet act={asked} record={record} close={() => setAsked(null)} />}
    </section>
  )
}
