import type { Labels } from '#kit/fields/field.ts'
import type { Identity } from '#ui/engine/picker/choice.ts'
import { later } from '#ui/lib/later.tsx'
import { ChosenField } from './chosen-field.tsx'

const PeopleSheet = later(async () => ({ default: (await import('./people-sheet.tsx')).PeopleSheet }))

export interface PeopleProps {
  readonly id?: string
  readonly title: string
  readonly several: boolean
  readonly identity: Identity
  readonly within?: string
  readonly value: readonly string[]
  readonly labels: Labels
  readonly change: (ids: readonly string[], names: Labels) => void
}

/** People chosen so far; a touch opens the directory. */
export function PeopleField(props: PeopleProps) {
  const { id, title, value, labels } = props
  return <ChosenField id={id} title={title} value={value} labels={labels}>{(close) => <PeopleSheet {...props} close={close} />}</ChosenField>
}
