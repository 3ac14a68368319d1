import type { ReactNode } from 'react'
import { Button } from 'antd'
import { CloseOutlined } from '@ant-design/icons'
import type { FormPageProps } from '#ui/engine/detail/pages.ts'
import { SaveNote } from './save-note.tsx'
import { useLeaveGuard } from './use-leave-guard.ts'
import type { Editing } from './use-record-form.ts'
import { useSubmit } from './use-submit.ts'
import '#ui/engine/detail/detail.css'
import '#ui/engine/flow/flow.css'

interface Props extends FormPageProps {
  readonly editing: Editing
  /** Stands in the head, beside what was saved. */
  readonly tools?: ReactNode
  readonly children: ReactNode
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

/** Fields that two people changed at once. What was typed here stands; the other text is one press away. */
function ClashLine({ editing: { clash, settle, form } }: Pick<Props, 'editing'>) {
  if (clash.keys.length === 0) return null
  const labels = clash.keys.map((key) => form.meta.entity.fields[key]?.label ?? key).join('、')
  return (
    <div className="form-clash row" role="alert">
      <span className="grow">另一处也改过：<strong>{labels}</strong>。现在显示的是您填写的，对方的内容可在“修改记录”中查到。</span>
      <Button size="small" onClick={() => settle(true)}>改用对方的</Button>
      <Button size="small" onClick={() => settle(false)}>保留我的</Button>
    </div>
  )
}

/** The frame of every form: what is written and whether it is saved above, the acts below. Modules' forms stand in it as well. */
export function FormFrame({ meta, record, done, close, editing, tools, children }: Props) {
  const { form, autosave, draft } = editing
  const { problem, busy, stale, catchUp, save, submit } = useSubmit(meta, editing, done)
  useLeaveGuard(Object.keys(form.changes).length > 0 && autosave.kind !== 'saved' && autosave.kind !== 'here' && autosave.kind !== 'kept')
  return (
    <article className="record">
      <header className="record-head">
        <Button type="text" icon={<CloseOutlined />} aria-label="关闭" onClick={close} />
        <h1 className="record-title grow">{record === undefined ? `新建${meta.entity.label}` : record.title || `编辑${meta.entity.label}`}</h1>
        <SaveNote state={autosave} />
        {tools}
      </header>
      <ClashLine editing={editing} />
      {children}
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
