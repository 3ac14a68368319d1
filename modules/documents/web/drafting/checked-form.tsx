import { useId } from 'react'
import { FormProblems, FormRows } from '#ui/engine/form/form-view.tsx'
import type { Form } from '#ui/engine/form/use-form.ts'
import { BodyHintsContext } from '../body/hints.ts'
import { isText } from './fields.ts'
import { LiveChecks } from './live-checks.tsx'
import { useDesk } from './use-desk.ts'
import './drafting.css'

/** The form of a step that may change the text: the checks of what is typed, the text, then how it is handled. */
export function CheckedForm({ id, form }: { readonly id: string; readonly form: Form }) {
  const idPrefix = useId()
  const desk = useDesk(form, { id, values: form.changes }, idPrefix)
  return (
    <BodyHintsContext value={desk.hints}>
      <LiveChecks desk={desk} />
      <div className="card record-card"><FormProblems form={form} idPrefix={idPrefix} /><FormRows form={form} idPrefix={idPrefix} only={isText} /></div>
      <section className="card record-card checked-facts" aria-label="办理要素"><h2>办理要素</h2><FormRows form={form} idPrefix={idPrefix} only={(key) => !isText(key)} /></section>
    </BodyHintsContext>
  )
}
