import { use, useState } from 'react'
import { Button, Input, Modal, Select } from 'antd'
import { Link } from 'react-router'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import { messageOf } from '#ui/api/failure.ts'
import type { EntityMeta } from '#ui/api/meta.ts'
import { useDeleteRecord, useStartRecord } from '#ui/api/records.ts'
import { useCaseAct, useReopenTargets } from '#ui/api/tasks.ts'
import { CASE_ACTS, isCaseAct } from './case-acts.ts'
import type { CaseAct } from './case-acts.ts'
import { ModulePagesContext } from './pages.ts'

interface Props {
  readonly record: RecordDetailWire
  readonly meta: EntityMeta
  readonly close: () => void
}

/** The step at which a finished case goes on. */
function ReopenTarget({ caseId, target, choose }: { readonly caseId: string; readonly target: string | null; readonly choose: (node: string) => void }) {
  const { data } = useReopenTargets(caseId)
  return (
    <Select
      aria-label="唤醒环节" placeholder="从哪个环节继续" style={{ width: '100%', marginBottom: 8 }} value={target} onChange={choose}
      options={(data?.items ?? []).map(({ node, name }) => ({ value: node, label: name }))}
    />
  )
}

function CaseActButton({ caseId, act }: { readonly caseId: string; readonly act: CaseAct }) {
  const [open, setOpen] = useState(false)
  const [opinion, setOpinion] = useState('')
  const [target, setTarget] = useState<string | null>(null)
  const run = useCaseAct(caseId)
  const { label, asks, danger, reason } = CASE_ACTS[act]
  return (
    <>
      <Button danger={danger} onClick={() => setOpen(true)}>{label}</Button>
      <Modal
        open={open} title={label} onCancel={() => setOpen(false)} okText={label} okButtonProps={{ danger, disabled: (reason && opinion.trim() === '') || (act === 'reopen' && target === null) }} confirmLoading={run.isPending} width={480}
        onOk={() => run.mutate({ operation: act, ...(opinion !== '' && { opinion }), ...(target !== null && { target }) }, { onSuccess: () => setOpen(false) })}
      >
        <p className="quiet" style={{ margin: '8px 0' }}>{asks}</p>
        {open && act === 'reopen' && <ReopenTarget caseId={caseId} target={target} choose={setTarget} />}
        <Input.TextArea aria-label="说明" placeholder={reason ? '理由（必填），记入办理过程' : '说明（选填）'} value={opinion} onChange={(event) => setOpinion(event.target.value)} autoSize={{ minRows: 2 }} maxLength={500} />
        {run.error !== null && <div className="problem" role="alert">{messageOf(run.error)}</div>}
      </Modal>
    </>
  )
}

function DeleteButton({ record, meta, close }: Props) {
  const [open, setOpen] = useState(false)
  const run = useDeleteRecord(record.entity)
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>删除</Button>
      <Modal open={open} title={`删除${meta.entity.label}`} okText="删除" okButtonProps={{ danger: true }} confirmLoading={run.isPending} onCancel={() => setOpen(false)} onOk={() => run.mutate(record, { onSuccess: close })} width={440}>
        <p style={{ margin: '8px 0' }}>将删除草稿“{record.title}”，删除后不能恢复。</p>
        {run.error !== null && <div className="problem" role="alert">{messageOf(run.error)}</div>}
      </Modal>
    </>
  )
}

/** A form of its own is for who writes a draft or keeps a register; whoever has a task fills in its fields on the record's page. */
export const mayOpenForm = ({ acts, taskIds }: Pick<RecordDetailWire, 'acts' | 'taskIds'>): boolean => acts.includes('edit') && taskIds.length === 0

/** Acts of the record itself, in its head; those of a task stand in the bar below. */
export function RecordActs(props: Props) {
  const { record, meta } = props
  const moduleActs = use(ModulePagesContext).acts?.(meta.module, record)
  const start = useStartRecord(record.entity)
  const edit = `/app/${record.entity}/${record.id}/edit`
  return (
    <div className="row no-print">
      {start.error !== null && <span className="problem" role="alert">{messageOf(start.error)} <Link to={edit}>去修改</Link></span>}
      {moduleActs}
      {record.caseId !== null && record.acts.filter(isCaseAct).map((act) => <CaseActButton key={act} caseId={record.caseId ?? ''} act={act} />)}
      {record.acts.includes('delete') && <DeleteButton {...props} />}
      {mayOpenForm(record) && <Link to={edit}><Button tabIndex={-1}>编辑</Button></Link>}
      {record.acts.includes('start') && <Button type="primary" loading={start.isPending} onClick={() => start.mutate(record)}>提交</Button>}
    </div>
  )
}
