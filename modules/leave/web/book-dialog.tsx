import { useState } from 'react'
import { DatePicker, Input, Modal, Segmented, Select } from 'antd'
import dayjs from 'dayjs'
import { messageOf } from '#ui/api/failure.ts'
import type { KindWire, PersonBalanceWire } from '../api.ts'
import { DaysInput } from './days-input.tsx'
import { Entries } from './entries.tsx'
import { useLeaveCommand } from './queries.ts'
import './leave.css'

const TYPES = [{ value: 'adjust', label: '调整' }, { value: 'grant', label: '核定' }, { value: 'pay-out', label: '折算报酬' }] as const

interface Line {
  readonly personId: string
  readonly kind: string
  readonly year: number
  readonly type: (typeof TYPES)[number]['value']
  readonly days: number
  readonly reason: string
}

interface Props {
  readonly person: PersonBalanceWire
  readonly kinds: readonly Pick<KindWire, 'code' | 'label'>[]
  readonly year: number
  readonly close: () => void
}

/** 参加工作时间, from which annual leave is counted. */
function Service({ person }: { readonly person: PersonBalanceWire }) {
  const save = useLeaveCommand<{ personId: string; workedSince: string }>('service')
  return (
    <label><span>参加工作时间</span>
      <DatePicker defaultValue={person.workedSince === null ? null : dayjs(person.workedSince)} onChange={(value) => value !== null && save.mutate({ personId: person.personId, workedSince: value.format('YYYY-MM-DD') })} placeholder="用于核定年休假" />
      {save.error !== null && <em className="problem" role="alert">{messageOf(save.error)}</em>}
      {save.isSuccess && <em className="quiet">已保存</em>}
    </label>
  )
}

/** One person's account: its lines, and a further one by hand. */
export function BookDialog({ person, kinds, year, close }: Props) {
  const book = useLeaveCommand<Line>('book')
  const [line, setLine] = useState<Line>({ personId: person.personId, kind: 'annual', year, type: 'adjust', days: 1, reason: '' })
  const change = (part: Partial<Line>): void => setLine({ ...line, ...part })
  return (
    <Modal open title={`${person.name} · 假期登记`} width={640} okText="登记" cancelText="关闭" confirmLoading={book.isPending} onCancel={close} onOk={() => book.mutate(line, { onSuccess: () => change({ reason: '' }) })}>
      <div className="leave-form">
        <Service person={person} />
        <label><span>假别</span><Select value={line.kind} onChange={(kind) => change({ kind })} options={kinds.map(({ code, label }) => ({ value: code, label }))} /></label>
        <label><span>登记类型</span><Segmented value={line.type} onChange={(type) => change({ type })} options={[...TYPES]} /></label>
        <label><span>天数{line.type === 'adjust' && '（减少填负数）'}</span><DaysInput label="天数" value={line.days} min={line.type === 'adjust' ? -366 : 0.5} change={(days) => change({ days: days ?? 0 })} /></label>
        <label><span>理由</span><Input.TextArea value={line.reason} onChange={(event) => change({ reason: event.target.value })} maxLength={200} autoSize={{ minRows: 2 }} placeholder="每笔登记都须写明理由" /></label>
        {book.error !== null && <div className="problem" role="alert">{messageOf(book.error)}</div>}
        <Entries kind={line.kind} personId={person.personId} />
      </div>
    </Modal>
  )
}
