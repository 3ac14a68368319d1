import { FormFrame } from './form-frame.tsx'
import { FormView } from './form-view.tsx'
import type { FormPageProps } from '#ui/engine/detail/pages.ts'
import { Recovered } from './recovered.tsx'
import { useRecordForm } from './use-record-form.ts'

/** A record being written: its form, and the acts below. */
export function RecordForm(props: FormPageProps) {
  const editing = useRecordForm(props)
  return (
    <FormFrame {...props} editing={editing}>
      <div className="record-scroll">
        <div className="record-columns">
          <div className="record-main" style={{ paddingTop: 16 }}><Recovered editing={editing} /><div className="card record-card"><FormView form={editing.form} /></div></div>
        </div>
      </div>
    </FormFrame>
  )
}
