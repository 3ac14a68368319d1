import type { ComponentType } from 'react'
import type { Field } from '#kit/entity.ts'
import type { FieldOfKind, InputProps } from '#ui/engine/fields/props.ts'
import { StructuredSlot } from '#ui/engine/fields/slots.tsx'
import { textOf } from '#ui/engine/fields/text.ts'
import { DateInput, DateTimeInput, PeriodInput } from './date-inputs.tsx'
import { ChoiceInput, DictionaryInput, NumberInput, TextInput, YesNoInput } from './plain-inputs.tsx'
import { FilesInput, PersonInput, UnitInput } from './reference-inputs.tsx'

const ComputedInput = ({ field, value, labels }: InputProps) => <output className="quiet">{textOf(field, value, labels) || '提交后由系统计算'}</output>

const StructuredInput = ({ field, value, change }: InputProps<FieldOfKind<'structured'>>) => <StructuredSlot shape={field.shape} value={value} change={change} />

type Inputs = { readonly [K in Field['kind']]: ComponentType<InputProps<FieldOfKind<K>>> }

const inputs: Inputs = {
  text: TextInput, number: NumberInput, date: DateInput, 'date-time': DateTimeInput, period: PeriodInput, 'yes-no': YesNoInput, choice: ChoiceInput, dictionary: DictionaryInput,
  person: PersonInput, people: PersonInput, unit: UnitInput, units: UnitInput, files: FilesInput, computed: ComputedInput, structured: StructuredInput,
}

/** The input of a field's kind on the phone. Definition and input fit because both are looked up by the same key, as in `kit/fields/kinds.ts`. */
export function FieldInput(props: InputProps) {
  const Input = inputs[props.field.kind] as ComponentType<InputProps>
  return <Input {...props} />
}
