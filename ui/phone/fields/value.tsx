import type { Field } from '#kit/entity.ts'
import type { Labels } from '#kit/fields/field.ts'
import { asIds } from '#ui/engine/fields/props.ts'
import { isBlank } from '#ui/engine/fields/rights.ts'
import { StructuredSlot } from '#ui/engine/fields/slots.tsx'
import { textOf } from '#ui/engine/fields/text.ts'
import { FileList } from '../files/file-list.tsx'

/** A value to read: files and structured contents are drawn, everything else is text. */
export function FieldValue({ field, value, labels }: { readonly field: Field; readonly value: unknown; readonly labels: Labels }) {
  if (isBlank(value)) return <span className="faint">—</span>
  if (field.kind === 'files') return <FileList ids={asIds(value)} />
  if (field.kind === 'structured') return <StructuredSlot shape={field.shape} value={value} />
  return <span style={{ whiteSpace: 'pre-wrap' }}>{textOf(field, value, labels)}</span>
}
