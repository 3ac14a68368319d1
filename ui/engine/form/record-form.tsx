import type { FormPageProps } from '#ui/engine/detail/pages.ts'
import { WayAhead } from '#ui/engine/flow/way-ahead.tsx'
import { FormFrame } from './form-frame.tsx'
import { FormView } from './form-view.tsx'
import { Recovered } from './recovered.tsx'
import { useRecordForm } from './use-record-form.ts'

/** A record being written: its form, what will happen after handing in, and the acts below. */
export function RecordForm(props: FormPageProps) {
  const editing = useRecordForm(props)
  const { form, draft } = editing
  return (
    <FormFrame {...props} editing={editing}>
      <div className="record-scroll">
        <div className="record-columns">
          <div className="record-main" style={{ paddingTop: 16 }}><Recovered editing={editing} /><div className="card record-card"><FormView form={form} /></div></div>
          {draft && <WayAhead entity={props.meta.entity.name} values={form.values} />}
        </div>
      </div>
    </FormFrame>
  )
}
