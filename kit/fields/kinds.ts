import type { Field } from '../entity.ts'
import type { FieldKind } from './field.ts'
import { choiceKind } from './choice.ts'
import { computedKind } from './computed.ts'
import { dateKind } from './date.ts'
import { dateTimeKind } from './date-time.ts'
import { dictionaryKind } from './dictionary.ts'
import { numberKind } from './number.ts'
import { periodKind } from './period.ts'
import { filesKind, peopleKind, personKind, unitKind, unitsKind } from './reference.ts'
import { structuredKind } from './structured.ts'
import { textKind } from './text.ts'
import { yesNoKind } from './yes-no.ts'

const kinds = {
  text: textKind, number: numberKind, date: dateKind, 'date-time': dateTimeKind, period: periodKind, 'yes-no': yesNoKind, choice: choiceKind,
  dictionary: dictionaryKind, person: personKind, people: peopleKind, unit: unitKind, units: unitsKind, files: filesKind, computed: computedKind,
  structured: structuredKind,
} as const

/** The behaviour of a field's kind. Definition and kind always fit together because both are looked up by the same key. */
export const kindOf = (field: Field): FieldKind<Field, unknown> => kinds[field.kind] as unknown as FieldKind<Field, unknown>
