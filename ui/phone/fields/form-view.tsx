import { useId } from 'react'
import { isBlank } from '#ui/engine/fields/rights.ts'
import { withDictionary } from '#ui/engine/fields/text.ts'
import { isWide, rowsOf } from '#ui/engine/form/layout.ts'
import type { Cell } from '#ui/engine/form/layout.ts'
import type { Form } from '#ui/engine/form/use-form.ts'
import { FieldInput } from './input.tsx'
import { FieldValue } from './value.tsx'

function FormCell({ cell: { key, field, right }, form, id }: { readonly cell: Cell; readonly form: Form; readonly id: string }) {
  const problem = form.problems[key]
  const labels = withDictionary(field, form.labels, form.meta.dictionaries)
  const required = right === 'write' && (field.required === true || form.requires.includes(key))
  return (
    <div className="p-cell" data-read={right === 'read' || undefined} data-wide={isWide(field) || undefined} onBlur={() => form.visit(key)}>
      <label className="p-label" htmlFor={id}>{field.label}{required && <><span className="p-star" aria-hidden>*</span><span className="unseen">（必填）</span></>}</label>
      {right === 'read'
        ? <FieldValue field={field} value={form.values[key]} labels={labels} />
        : (
          <FieldInput
            id={id} field={field} value={form.values[key]} labels={labels} dictionaries={form.meta.dictionaries} invalid={problem !== undefined}
            change={(value, names) => form.change(key, value, names)}
          />
        )}
      {problem !== undefined && <div className="problem" id={`${id}-problem`}>{problem}</div>}
      {field.help !== undefined && right === 'write' && <div className="p-help">{field.help}</div>}
    </div>
  )
}

/** All problems above the form; each leads to its field. */
function Problems({ form, prefix }: { readonly form: Form; readonly prefix: string }) {
  const entries = Object.entries(form.problems)
  if (!form.state.handedIn || entries.length === 0) return null
  return (
    <div className="p-alert" role="alert">
      <strong>还有 {entries.length} 处需要完善</strong>
      {entries.map(([key, text]) => (
        <button key={key} type="button" className="plain p-problem" onClick={() => { const input = document.getElementById(`${prefix}${key}`); input?.scrollIntoView({ block: 'center' }); input?.focus() }}>{text}</button>
      ))}
    </div>
  )
}

/** What is empty and cannot be filled in only takes room. */
const isShown = ({ key, right }: Cell, form: Form): boolean => right === 'write' || !isBlank(form.values[key])

/** The fields of a form, one under the other; read-only ones as text. `without` names those shown elsewhere. */
export function FormView({ form, without = [] }: { readonly form: Form; readonly without?: readonly string[] }) {
  const prefix = useId()
  const cells = rowsOf(form.meta, form.rights, form.values).flat().filter((cell) => !without.includes(cell.key) && isShown(cell, form))
  return (
    <>
      <Problems form={form} prefix={prefix} />
      {cells.map((cell) => <FormCell key={cell.key} cell={cell} form={form} id={`${prefix}${cell.key}`} />)}
    </>
  )
}
