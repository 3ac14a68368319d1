import type { Field } from '#kit/entity.ts'
import type { Labels } from '#kit/fields/field.ts'
import { FilePanel } from '#ui/engine/files/file-panel.tsx'
import { asIds } from './props.ts'
import { isBlank } from './rights.ts'
import { StructuredSlot } from './slots.tsx'
import { textOf } from './text.ts'

/** A value in a detail page: files and structured contents are drawn, everything else is text. */
export function FieldValue({ field, value, labels }: { readonly field: Field; readonly value: unknown; readonly labels: Labels }) {
  if (isBlank(value)) return <span className="faint">—</span>
  if (field.kind === 'files') return <FilePanel ids={asIds(value)} />
  if (field.kind === 'structured') return <StructuredSlot shape={field.shape} value={value} />
  return <span style={{ whiteSpace: 'pre-wrap' }}>{textOf(field, value, labels)}</span>
}
