import { useId } from 'react'
import { FieldInput } from '#ui/engine/fields/input.tsx'
import { withDictionary } from '#ui/engine/fields/text.ts'
import { FieldValue } from '#ui/engine/fields/value.tsx'
import type { Cell } from './layout.ts'
import { isWide, rowsOf } from './layout.ts'
import { ProblemSummary } from './problem-summary.tsx'
import type { Form } from './use-form.ts'
import './form.css'

interface CellProps {
  readonly cell: Cell
  readonly form: Form
  readonly id: string
  readonly alone: boolean
}

function FormCell({ cell: { key, field, right }, form, id, alone }: CellProps) {
  const problem = form.problems[key]
  const labels = withDictionary(field, form.labels, form.meta.dictionaries)
  const required = right === 'write' && (field.required === true || form.requires.includes(key))
  return (
    <div className="form-cell" data-wide={alone && isWide(field) || undefined} data-read={right === 'read' || undefined} onBlur={() => form.visit(key)}>
      <label className="form-label" htmlFor={id}>{required && <span className="form-star" aria-hidden>*</span>}{field.label}{required && <span className="unseen">（必填）</span>}</label>
      <div className="form-value">
        {right === 'read'
          ? <FieldValue field={field} value={form.values[key]} labels={labels} />
          : (
            <FieldInput
              id={id} field={field} value={form.values[key]} labels={labels} dictionaries={form.meta.dictionaries} invalid={problem !== undefined}
              change={(value, names) => form.change(key, value, names)}
            />
          )}
        {problem !== undefined && <div className="problem" id={`${id}-problem`}>{problem}</div>}
        {field.help !== undefined && right === 'write' && <div className="form-help">{field.help}</div>}
      </div>
    </div>
  )
}

interface RowsProps {
  readonly form: Form
  /** Begins the ids of the inputs: `idPrefix` + field. */
  readonly idPrefix: string
  /** Leaves out the fields it is not true of. */
  readonly only?: (key: string) => boolean
}

/** Fields of a form, two columns where there is room; read-only ones as text. */
export function FormRows({ form, idPrefix, only = () => true }: RowsProps) {
  const rows = rowsOf(form.meta, form.rights, form.values).map((row) => row.filter(({ key }) => only(key))).filter((row) => row.length > 0)
  return (
    <div className="form">
      {rows.map((row) => (
        <div key={row.map(({ key }) => key).join()} className="form-row" data-count={Math.min(row.length, 3)}>
          {row.map((cell) => <FormCell key={cell.key} cell={cell} form={form} id={`${idPrefix}${cell.key}`} alone={row.length === 1} />)}
        </div>
      ))}
    </div>
  )
}

/** Problems of a form once it was handed in; each leads to its field. */
export const FormProblems = ({ form, idPrefix }: Pick<RowsProps, 'form' | 'idPrefix'>) =>
  form.state.handedIn ? <ProblemSummary problems={form.problems} idOf={(key) => `${idPrefix}${key}`} /> : null

/** A whole form with its problems above. */
export function FormView({ form }: { readonly form: Form }) {
  const idPrefix = useId()
  return (
    <>
      <FormProblems form={form} idPrefix={idPrefix} />
      <FormRows form={form} idPrefix={idPrefix} />
    </>
  )
}
