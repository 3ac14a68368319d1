import type { Labels } from '#kit/fields/field.ts'
import { later } from '#ui/lib/later.tsx'
import { ChosenField } from './chosen-field.tsx'

const UnitSheet = later(async () => ({ default: (await import('./unit-sheet.tsx')).UnitSheet }))

export interface UnitProps {
  readonly id?: string
  readonly title: string
  readonly several: boolean
  readonly organisations: boolean
  readonly within?: string
  readonly value: readonly string[]
  readonly labels: Labels
  readonly change: (ids: readonly string[], names: Labels) => void
}

/** Units chosen so far; a touch opens the organisation. */
export function UnitField(props: UnitProps) {
  const { id, title, value, labels } = props
  return <ChosenField id={id} title={title} value={value} labels={labels}>{(close) => <UnitSheet {...props} close={close} />}</ChosenField>
}
