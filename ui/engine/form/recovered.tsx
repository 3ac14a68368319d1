import { useState } from 'react'
import { Alert, Button } from 'antd'
import { exactMoment } from '#ui/lib/moment.ts'
import { dropDraft } from './local-draft.ts'
import type { Editing } from './use-record-form.ts'

/** What this browser kept from last time. */
export function Recovered({ editing: { left, form, draftKey } }: { readonly editing: Editing }) {
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
