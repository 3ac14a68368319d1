import { useState } from 'react'
import { Button, Input, Modal } from 'antd'
import type { Labels } from '#kit/fields/field.ts'
import type { HandedOverWire } from '#kit/wire/flow-run.ts'
import { messageOf } from '#ui/api/failure.ts'
import { useHandOverAll, useRuns } from '#ui/api/flow-runs.ts'
import { PeopleSelect } from '#ui/engine/picker/people-select.tsx'

/** How many cases it concerns, once the person is known. */
function Count({ person }: { readonly person: string }) {
  const runs = useRuns({ person })
  if (runs.data === undefined) return null
  const n = `${runs.items.length}${runs.hasNextPage ? '+' : ''}`
  return <p className="quiet">{runs.items.length === 0 ? '此人没有在办事项。' : `此人有 ${n} 件在办事项，将全部转由接收人办理。`}</p>
}

const Result = ({ result: { done, failed } }: { readonly result: HandedOverWire }) => (
  <div role="status">
    <p>已移交 {done} 件。{failed.length > 0 && `${failed.length} 件未能移交：`}</p>
    <ul className="batch-list">{failed.map(({ caseId, title, problem }) => <li key={caseId}><span className="cut grow">{title}</span><span className="problem">{problem}</span></li>)}</ul>
  </div>
)

interface PickProps {
  readonly label: string
  readonly identity: 'person' | 'post'
  readonly value: string
  readonly change: (id: string) => void
}

function Pick({ label, identity, value, change }: PickProps) {
  const [names, setNames] = useState<Labels>({})
  return (
    <div>
      <div className="act-label">{label}</div>
      <PeopleSelect title={label} several={false} identity={identity} value={value === '' ? [] : [value]} labels={names} change={(ids, more) => { setNames(more); change(ids[0] ?? '') }} />
    </div>
  )
}

/** Everything a leaver has open goes to somebody else. */
export function HandOverAll({ close }: { readonly close: () => void }) {
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [reason, setReason] = useState('')
  const run = useHandOverAll()
  const ready = from !== '' && to !== '' && reason.trim() !== ''
  const footer = run.data === undefined
    ? [<Button key="close" onClick={close}>取消</Button>, <Button key="ok" type="primary" danger disabled={!ready} loading={run.isPending} onClick={() => run.mutate({ from, to, reason: reason.trim() })}>全部移交</Button>]
    : [<Button key="close" type="primary" onClick={close}>完成</Button>]
  return (
    <Modal open title="人员离任移交" width={520} onCancel={close} footer={footer} destroyOnHidden>
      {run.data !== undefined ? <Result result={run.data} /> : (
        <div className="act">
          <Pick label="离任人员" identity="person" value={from} change={setFrom} />
          {from !== '' && <Count person={from} />}
          <Pick label="由谁接收" identity="post" value={to} change={setTo} />
          <div><div className="act-label">理由（必填，记入办理过程）</div><Input.TextArea aria-label="理由" value={reason} onChange={(event) => setReason(event.target.value)} autoSize={{ minRows: 2, maxRows: 5 }} maxLength={500} /></div>
          {run.error !== null && <div className="problem" role="alert">{messageOf(run.error)}</div>}
        </div>
      )}
    </Modal>
  )
}
