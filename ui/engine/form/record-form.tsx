import { useState } from 'react'
import { Alert, Button } from 'antd'
import { CloseOutlined } from '@ant-design/icons'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { EntityMeta } from '#ui/api/meta.ts'
import { exactMoment } from '#ui/lib/moment.ts'
import { WayAhead } from '#ui/engine/flow/way-ahead.tsx'
import { FormView } from './form-view.tsx'
import { dropDraft } from './local-draft.ts'
import { SaveNote } from './save-note.tsx'
import { useLeaveGuard } from './use-leave-guard.ts'
import { useRecordForm } from './use-record-form.ts'
import type { Editing } from './use-record-form.ts'
import { useSubmit } from './use-submit.ts'
import '#ui/engine/detail/detail.css'
import '#ui/engine/flow/flow.css'

interface Props {
  readonly meta: EntityMeta
  readonly record?: RecordDetailWire | undefined
  readonly created: (record: RecordDetailWire) => void
  /** Handed in or saved: to the record. */
  readonly done: (id: string) => void
  readonly close: () => void
}

/** What this browser kept from last time. */
function Recovered({ editing: { left, form, draftKey } }: { readonly editing: Editing }) {
  const [open, setOpen] = useState(left !== null)
  if (left === null || !open) return null
  const drop = (): void => { dropDraft(localStorage, draftKey); setOpen(false) }
  return (
    <Alert
      type="info" showIcon style={{ marginBottom: 16 }} title={`本机留有 ${exactMoment(left.at)} 未保存的内容`}
      action={<span className="row"><Button size="small" onClick={drop}>不要</Button><Button size="small" type="primary" onClick={() => { form.restore(left.values, left.labels); setOpen(false) }}>恢复</Button></span>}
    />
  )
}

/** What cannot be saved as it is, and the way out. */
function FormProblem({ problem, stale, busy, catchUp }: { readonly problem: string | null; readonly stale: boolean; readonly busy: boolean; readonly catchUp: () => void }) {
  if (problem === null && !stale) return <span className="grow" />
  return (
    <span className="grow row">
      {problem !== null && <span className="problem" role="alert">{problem}</span>}
      {stale && <Button size="small" onClick={catchUp} disabled={busy}>载入最新内容，保留我填写的</Button>}
    </span>
  )
}

/** A record being written: the form, what will happen after handing in, and the acts below. */
export function RecordForm(props: Props) {
  const { meta, record, created, close } = props
  const editing = useRecordForm({ meta, record, created })
  const { form, autosave, draft } = editing
  const { problem, busy, stale, catchUp, save, submit } = useSubmit(meta, editing, props.done)
  useLeaveGuard(Object.keys(form.changes).length > 0 && autosave.kind !== 'saved' && autosave.kind !== 'here' && autosave.kind !== 'kept')
  return (
    <article className="record">
      <header className="record-head">
        <Button type="text" icon={<CloseOutlined />} aria-label="关闭" onClick={close} />
        <h1 className="record-title grow">{record === undefined ? `新建${meta.entity.label}` : record.title || `编辑${meta.entity.label}`}</h1>
        <SaveNote state={autosave} />
      </header>
      <div className="record-scroll">
        <div className="record-columns">
          <div className="record-main" style={{ paddingTop: 16 }}><Recovered editing={editing} /><div className="card record-card"><FormView form={form} /></div></div>
          {draft && <WayAhead entity={meta.entity.name} values={form.values} />}
        </div>
      </div>
      <div className="flow-bar">
        <div className="row">
          <FormProblem problem={problem} stale={stale || (autosave.kind === 'kept' && autosave.stale)} busy={busy} catchUp={catchUp} />
          <Button onClick={save} disabled={busy}>{draft ? '存为草稿' : '保存'}</Button>
          {draft && <Button type="primary" onClick={submit} loading={busy}>提交</Button>}
        </div>
      </div>
    </article>
  )
}
