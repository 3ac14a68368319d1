import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import { messageOf } from '#ui/api/failure.ts'
import { useDeleteRecord, useStartRecord } from '#ui/api/records.ts'
import { useCaseAct, useReopenTargets } from '#ui/api/tasks.ts'
import { CASE_ACTS, isCaseAct } from '#ui/engine/detail/case-acts.ts'
import type { CaseAct } from '#ui/engine/detail/case-acts.ts'
import { Sheet } from '../frame/sheet.tsx'
import { Options } from '../fields/options.tsx'
import { Opinion } from '../flow/opinion.tsx'

interface Props {
  readonly record: RecordDetailWire
  readonly close: () => void
}

function CaseActSheet({ caseId, act, close }: { readonly caseId: string; readonly act: CaseAct; readonly close: () => void }) {
  const [opinion, setOpinion] = useState('')
  const [target, setTarget] = useState<string | null>(null)
  const { data } = useReopenTargets(act === 'reopen' ? caseId : null)
  const run = useCaseAct(caseId)
  const { label, asks, danger, reason } = CASE_ACTS[act]
  const send = (): void => run.mutate({ operation: act, ...(opinion !== '' && { opinion }), ...(target !== null && { target }) }, { onSuccess: close })
  const lacking = (reason && opinion.trim() === '') || (act === 'reopen' && target === null)
  return (
    <Sheet title={label} close={close} foot={<button type="button" className="p-button grow" data-tone={danger ? 'seal' : 'primary'} disabled={run.isPending || lacking} onClick={send}>{label}</button>}>
      <div className="p-act">
        <p className={danger ? 'p-warning' : 'quiet'}>{asks}</p>
        {act === 'reopen' && <Options label="从哪个环节继续" value={target} choose={setTarget} options={(data?.items ?? []).map(({ node, name }) => ({ value: node, label: name }))} />}
        <Opinion value={opinion} change={setOpinion} required={reason} rows={2} />
        {run.error !== null && <p className="problem" role="alert">{messageOf(run.error)}</p>}
      </div>
    </Sheet>
  )
}

function DeleteSheet({ record, close, done }: { readonly record: RecordDetailWire; readonly close: () => void; readonly done: () => void }) {
  const run = useDeleteRecord(record.entity)
  return (
    <Sheet title="删除草稿" close={close} foot={<button type="button" className="p-button grow" data-tone="seal" disabled={run.isPending} onClick={() => run.mutate(record, { onSuccess: done })}>删除</button>}>
      <div className="p-act">
        <p className="p-warning">将删除草稿“{record.title}”，删除后不能恢复。</p>
        {run.error !== null && <p className="problem" role="alert">{messageOf(run.error)}</p>}
      </div>
    </Sheet>
  )
}

/** Acts of the record itself, at the bottom while no task of this person is open. */
export function RecordActs({ record, close }: Props) {
  const [asked, setAsked] = useState<CaseAct | 'delete' | null>(null)
  const navigate = useNavigate()
  const start = useStartRecord(record.entity)
  const { acts, caseId } = record
  const caseActs = caseId === null ? [] : acts.filter(isCaseAct)
  const shut = (): void => setAsked(null)
  if (caseActs.length === 0 && !['start', 'edit', 'delete'].some((act) => acts.includes(act))) return null
  return (
    <section className="p-bar" aria-label="操作">
      {start.error !== null && <div className="p-alert" role="alert">{messageOf(start.error)}</div>}
      <div className="p-acts">
        {acts.includes('start') && <button type="button" className="p-button" data-tone="primary" data-first disabled={start.isPending} onClick={() => start.mutate(record)}>提交</button>}
        {acts.includes('edit') && <button type="button" className="p-button" onClick={() => void navigate(`/app/${record.entity}/${record.id}/edit`)}>编辑</button>}
        {caseActs.map((act) => <button key={act} type="button" className="p-button" data-tone={CASE_ACTS[act].danger ? 'seal-line' : undefined} onClick={() => setAsked(act)}>{CASE_ACTS[act].label}</button>)}
        {acts.includes('delete') && <button type="button" className="p-button" data-tone="seal-line" onClick={() => setAsked('delete')}>删除</button>}
      </div>
      {asked === 'delete' && <DeleteSheet record={record} close={shut} done={close} />}
      {asked !== null && asked !== 'delete' && caseId !== null && <CaseActSheet caseId={caseId} act={asked} close={shut} />}
    </section>
  )
}
