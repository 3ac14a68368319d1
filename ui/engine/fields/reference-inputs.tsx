import { useSignedIn } from '#ui/api/session.ts'
import { FilePanel } from '#ui/engine/files/file-panel.tsx'
import { PeopleSelect } from '#ui/engine/picker/people-select.tsx'
import { UnitSelect } from '#ui/engine/picker/unit-select.tsx'
import type { FieldOfKind, InputProps } from './props.ts'
import { asIds } from './props.ts'

type Reference = FieldOfKind<'person' | 'people' | 'unit' | 'units'>

/** Unit within which the picker searches, as the field's definition says. */
function useWithin(field: Reference): string | undefined {
  const { post } = useSignedIn()
  return field.within === 'own-unit' ? post.unitId : field.within === 'own-organisation' ? post.organisationId : undefined
}

export function PersonInput({ id, field, value, change, labels, invalid }: InputProps<FieldOfKind<'person' | 'people'>>) {
  const within = useWithin(field)
  const several = field.kind === 'people'
  return (
    <PeopleSelect
      id={id} several={several} identity="person" value={asIds(value)} labels={labels} invalid={invalid} title={field.label} within={within}
      change={(ids, names) => change(several ? ids : (ids[0] ?? null), names)}
    />
  )
}

export function UnitInput({ id, field, value, change, labels, invalid }: InputProps<FieldOfKind<'unit' | 'units'>>) {
  const within = useWithin(field)
  const several = field.kind === 'units'
  return (
    <UnitSelect
      id={id} several={several} organisations={field.organisations === true} value={asIds(value)} labels={labels} invalid={invalid} title={field.label}
      within={within} change={(ids, names) => change(several ? ids : (ids[0] ?? null), names)}
    />
  )
}

export const FilesInput = ({ id, field, value, change }: InputProps<FieldOfKind<'files'>>) => (
  <FilePanel id={id} ids={asIds(value)} most={field.most ?? 20} change={(ids, names) => change(ids, names)} />
)
