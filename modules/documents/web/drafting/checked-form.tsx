import { useId } from 'react'
import { FormProblems, FormRows } from '#ui/engine/form/form-view.tsx'
import type { Form } from '#ui/engine/form/use-form.ts'
import { BodyHintsContext } from '../body/hints.ts'
import { LiveChecks } from './live-checks.tsx'
import { useDesk } from './use-desk.ts'

/** The form of a step that may change the text, with the checks of what is typed above it. */
export function CheckedForm({ id, form }: { readonly id: string; readonly form: Form }) {
  const idPrefix = useId()
  const desk = useDesk(form, { id, values: form.changes }, idPrefix)
  return (
    <BodyHintsContext value={desk.hints}>
      <LiveChecks desk={desk} />
      <div className="card record-card"><FormProblems form={form} idPrefix={idPrefix} /><FormRows form={form} idPrefix={idPrefix} /></div>
    </BodyHintsContext>
  )
}
