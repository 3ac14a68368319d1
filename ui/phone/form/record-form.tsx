import { useState } from 'react'
import type { ReactNode } from 'react'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { EntityMeta } from '#ui/api/meta.ts'
import { useFlowPreview } from '#ui/api/tasks.ts'
import { NextSteps } from '#ui/engine/flow/next-steps.tsx'
import { dropDraft } from '#ui/engine/form/local-draft.ts'
import { SaveNote } from '#ui/engine/form/save-note.tsx'
import { useLeaveGuard } from '#ui/engine/form/use-leave-guard.ts'
import { useRecordForm } from '#ui/engine/form/use-record-form.ts'
import type { Editing } from '#ui/engine/form/use-record-form.ts'
import { useSubmit } from '#ui/engine/form/use-submit.ts'
import { useLater } from '#ui/lib/use-later.ts'
import { exactMoment } from '#ui/lib/moment.ts'
import { FormView } from '../fields/form-view.tsx'
import { Page } from '../frame/page.tsx'
import '#ui/engine/flow/flow.css'

interface Props {
  readonly meta: EntityMeta
  readonly record?: RecordDetailWire | undefined
  readonly created: (record: RecordDetailWire) => void
  /** Handed in or saved: to the record. */
  readonly done: (id: string) => void
}

/** What this phone kept from last time. */
function Recovered({ editing: { left, form, draftKey } }: { readonly editing: Editing }) {
  const [open, setOpen] = useState(left !== null)
  if (left === null || !open) return null
  const drop = (): void => { dropDraft(localStorage, draftKey); setOpen(false) }
  return (
    <div className="p-note" role="status">
      <span className="grow">本机留有 {exactMoment(left.at)} 未保存的内容</span>
      <button type="button" className="p-button" onClick={drop}>不要</button>
      <button type="button" className="p-button" data-tone="primary" onClick={() => { form.restore(left.values, left.labels); setOpen(false) }}>恢复</button>
    </div>
  )
}

function Expected({ meta, editing }: { readonly meta: EntityMeta; readonly editing: Editing }) {
  const preview = useFlowPreview(meta.entity.name, useLater(editing.form.values, 800), editing.draft)
  if (!editing.draft || preview.data === undefined || preview.data.steps.length === 0) return null
  return <section className="p-card p-pad" aria-label="提交后的流程"><div className="p-label">提交后</div><NextSteps steps={preview.data.steps} /></section>
}

/** A record being written, one field under the other; it saves itself, and the acts stay at the bottom. `top` is what one should know before filling it in. */
export function RecordForm({ meta, record, created, done, top }: Props & { readonly top?: ReactNode }) {
  const editing = useRecordForm({ meta, record, created })
  const { form, autosave, draft } = editing
  const { problem, busy, stale, catchUp, save, submit } = useSubmit(meta, editing, done)
  useLeaveGuard(Object.keys(form.changes).length > 0 && !['saved', 'here', 'kept'].includes(autosave.kind))
  const behind = stale || (autosave.kind === 'kept' && autosave.stale)
  const foot = (
    <section className="p-bar" aria-label="提交">
      <SaveNote state={autosave} />
      {problem !== null && <div className="p-alert" role="alert">{problem}</div>}
      {behind && <button type="button" className="p-button" disabled={busy} onClick={catchUp}>载入最新内容，保留我填写的</button>}
      <div className="p-acts">
        {draft && <button type="button" className="p-button" data-tone="primary" data-first disabled={busy} onClick={submit}>{busy ? '正在提交…' : '提交'}</button>}
        <button type="button" className="p-button" disabled={busy} onClick={save}>{draft ? '存为草稿' : '保存'}</button>
      </div>
    </section>
  )
  return (
    <Page title={record === undefined ? `新建${meta.entity.label}` : record.title || `编辑${meta.entity.label}`} home={record === undefined ? `/app/${meta.entity.name}` : `/app/${meta.entity.name}/${record.id}`} foot={foot}>
      <Recovered editing={editing} />
      {top}
      <section className="p-card p-pad p-form"><FormView form={form} /></section>
      <Expected meta={meta} editing={editing} />
    </Page>
  )
}
