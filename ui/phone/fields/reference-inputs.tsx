import { useSignedIn } from '#ui/api/session.ts'
import type { FieldOfKind, InputProps } from '#ui/engine/fields/props.ts'
import { asIds } from '#ui/engine/fields/props.ts'
import { FileField } from '../files/file-field.tsx'
import { PeopleField } from '../picker/people-field.tsx'
import { UnitField } from '../picker/unit-field.tsx'

type Reference = FieldOfKind<'person' | 'people' | 'unit' | 'units'>

/** Unit within which the picker searches, as the field's definition says. */
function useWithin(field: Reference): { readonly within?: string } {
  const { post } = useSignedIn()
  return field.within === 'own-unit' ? { within: post.unitId } : field.within === 'own-organisation' ? { within: post.organisationId } : {}
}

export function PersonInput({ id, field, value, change, labels }: InputProps<FieldOfKind<'person' | 'people'>>) {
  const within = useWithin(field)
  const several = field.kind === 'people'
  return <PeopleField id={id} title={field.label} several={several} identity="person" {...within} value={asIds(value)} labels={labels} change={(ids, names) => change(several ? ids : (ids[0] ?? null), names)} />
}

export function UnitInput({ id, field, value, change, labels }: InputProps<FieldOfKind<'unit' | 'units'>>) {
  const within = useWithin(field)
  const several = field.kind === 'units'
  return (
    <UnitField
      id={id} title={field.label} several={several} organisations={field.organisations === true} {...within} value={asIds(value)} labels={labels}
      change={(ids, names) => change(several ? ids : (ids[0] ?? null), names)}
    />
  )
}

export const FilesInput = ({ id, field, value, change }: InputProps<FieldOfKind<'files'>>) => <FileField id={id} ids={asIds(value)} most={field.most ?? 20} change={change} />
