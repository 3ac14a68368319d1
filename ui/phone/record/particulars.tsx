import { isBlank } from '#ui/engine/fields/rights.ts'
import { withDictionary } from '#ui/engine/fields/text.ts'
import { isWide, rowsOf } from '#ui/engine/form/layout.ts'
import type { Form } from '#ui/engine/form/use-form.ts'
import { FieldValue } from '../fields/value.tsx'

/** What is only read here, without what is empty or shown elsewhere. */
export const particularsOf = (form: Form, without: readonly string[]) =>
  rowsOf(form.meta, form.rights, form.values).flat().filter(({ key, right }) => right === 'read' && !without.includes(key) && !isBlank(form.values[key]))

/** Fields of a record as text, one under the other. */
export const Particulars = ({ form, without }: { readonly form: Form; readonly without: readonly string[] }) => (
  <dl className="p-particulars">
    {particularsOf(form, without).map(({ key, field }) => (
      <div key={key} className="p-cell" data-read data-wide={isWide(field) || undefined}>
        <dt className="p-label">{field.label}</dt>
        <dd><FieldValue field={field} value={form.values[key]} labels={withDictionary(field, form.labels, form.meta.dictionaries)} /></dd>
      </div>
    ))}
  </dl>
)
