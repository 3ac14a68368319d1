import { useId } from 'react'
import { Segmented } from 'antd'
import type { FormPageProps } from '#ui/engine/detail/pages.ts'
import { isBlank } from '#ui/engine/fields/rights.ts'
import { WayAhead } from '#ui/engine/flow/way-ahead.tsx'
import { FormFrame } from '#ui/engine/form/form-frame.tsx'
import { FormProblems, FormRows } from '#ui/engine/form/form-view.tsx'
import { Recovered } from '#ui/engine/form/recovered.tsx'
import { useRecordForm } from '#ui/engine/form/use-record-form.ts'
import type { Finding } from '#modules/documents/checks/finding.ts'
import { BodyHintsContext } from './body/hints.ts'
import { DropZone } from './drafting/drop-zone.tsx'
import { isText } from './drafting/fields.ts'
import { ImportButton, ImportNotice } from './drafting/import-notice.tsx'
import { LiveChecks } from './drafting/live-checks.tsx'
import { LivePreview } from './drafting/live-preview.tsx'
import { useDesk } from './drafting/use-desk.ts'
import { useImport } from './drafting/use-import.ts'
import { useView, VIEWS } from './drafting/view.ts'
import './drafting/drafting.css'

/** A document being drafted: the text, what is to be seen to beside it, and the pages as they will be printed. */
export default function DraftingPage(props: FormPageProps) {
  const editing = useRecordForm(props)
  const { form } = editing
  const idPrefix = useId()
  const [view, show] = useView()
  const now = { id: props.record?.id, values: form.values }
  const desk = useDesk(form, now, idPrefix)
  const start = useImport(form)
  const { jump } = desk
  const blank = isBlank(form.values['subject']) && isBlank(form.values['body'])
  const shown = { ...desk, jump: (finding: Finding) => { if (view === 'page') show('both'); jump(finding) } }
  return (
    <FormFrame
      {...props} editing={editing}
      tools={<><ImportButton start={start} /><Segmented aria-label="显示" value={view} onChange={show} options={[...VIEWS]} /></>}
    >
      <BodyHintsContext value={desk.hints}>
        <div className="drafting" data-view={view}>
          <DropZone className="drafting-write" drop={start.read}>
            <div className="drafting-text">
              <Recovered editing={editing} />
              <ImportNotice start={start} fields={form.meta.entity.fields} />
              {view === 'both' && <LiveChecks desk={shown} blank={blank} short />}
              <div className="card record-card"><FormProblems form={form} idPrefix={idPrefix} /><FormRows form={form} idPrefix={idPrefix} only={isText} /></div>
            </div>
            <div className="drafting-rail">
              {view === 'write' && <LiveChecks desk={shown} blank={blank} />}
              <section className="card drafting-facts" aria-label="办理要素"><h2>办理要素</h2><FormRows form={form} idPrefix={idPrefix} only={(key) => !isText(key)} /></section>
              {editing.draft && <WayAhead entity={form.meta.entity.name} values={form.values} />}
            </div>
          </DropZone>
          {view !== 'write' && <div className="drafting-page">{view === 'page' && <LiveChecks desk={shown} blank={blank} short />}<LivePreview now={now} /></div>}
        </div>
      </BodyHintsContext>
    </FormFrame>
  )
}
