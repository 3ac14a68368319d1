import { useState } from 'react'
import { rowsOf } from '#ui/engine/form/layout.ts'
import type { Form } from '#ui/engine/form/use-form.ts'
import { FormView } from '../fields/form-view.tsx'
import { Folded } from './folded.tsx'

interface Props {
  readonly form: Form
  /** Fields not written on the phone, such as a text. */
  readonly without?: readonly string[]
  /** Filling it in is what the step is for. */
  readonly open?: boolean
}

const keysOf = (form: Form): readonly string[] => Object.entries(form.rights).flatMap(([key, right]) => (right === 'write' ? [] : [key]))

/** What this person may fill in at this step; folded unless the step demands something or something is wrong. */
export function StepForm({ form, without = [], open = false }: Props) {
  const [asks] = useState(open || form.requires.length > 0)
  const cells = rowsOf(form.meta, form.rights, form.values).flat().filter(({ key, right }) => right === 'write' && !without.includes(key))
  if (cells.length === 0) return null
  const wrong = Object.keys(form.problems).length > 0
  const view = <div className="p-form"><FormView form={form} without={[...keysOf(form), ...without]} /></div>
  if (asks) return <section className="p-card p-pad" aria-label="本环节填写">{view}</section>
  return <Folded key={String(wrong)} title="本环节可改" note={cells.map(({ field }) => field.label).join('、')} open={wrong}>{view}</Folded>
}
