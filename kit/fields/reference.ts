import { isUuid } from '#base/ids.ts'
import { accept, plainColumn, refuse } from './field.ts'
import type { AnyField, FieldBase, FieldKind } from './field.ts'

/** Kinds whose values are ids of something kept elsewhere: one (`uuid`) or several (`uuid[]`). */
interface ReferenceField extends FieldBase {
  /** Limits what the picker offers and what the server accepts. */
  readonly within?: 'own-unit' | 'own-organisation' | 'district'
  /** Most entries; several kinds only. */
  readonly most?: number
}

export interface PersonField extends ReferenceField {
  readonly kind: 'person'
}
export interface PeopleField extends ReferenceField {
  readonly kind: 'people'
}
export interface UnitField extends ReferenceField {
  readonly kind: 'unit'
  /** Only organisations, not their inner departments. */
  readonly organisations?: boolean
}
export interface UnitsField extends ReferenceField {
  readonly kind: 'units'
  readonly organisations?: boolean
}
export interface FilesField extends ReferenceField {
  readonly kind: 'files'
}

type Options<F extends AnyField> = Omit<F, 'kind' | 'label'>
const maker =
  <F extends AnyField>(kind: F['kind']) =>
  <const O extends Options<F>>(label: string, options?: O) =>
    ({ kind, label, ...options }) as { readonly kind: F['kind']; readonly label: string } & O

export const person = maker<PersonField>('person')
export const people = maker<PeopleField>('people')
export const unit = maker<UnitField>('unit')
export const units = maker<UnitsField>('units')
export const files = maker<FilesField>('files')

function one<F extends AnyField>(kind: F['kind'], target: string): FieldKind<F, string> {
  return {
    kind,
    ...plainColumn<string>('uuid'),
    parse: (input) => (typeof input === 'string' && isUuid(input) ? accept(input) : refuse('kit.reference.type')),
    operators: ['=', 'in', 'empty', 'filled'],
    text: (value, _field, labels) => labels[value] ?? '',
    jsonSchema: () => ({ type: 'string', format: 'uuid' }),
    refers: { to: () => target, ids: (value) => [value] },
  }
}

function several<F extends ReferenceField & AnyField>(kind: F['kind'], target: string): FieldKind<F, readonly string[]> {
  return {
    kind,
    ...plainColumn<readonly string[]>('uuid[]'),
    parse(input, field) {
      if (!Array.isArray(input) || !input.every((id): id is string => typeof id === 'string' && isUuid(id))) return refuse('kit.reference.type')
      const value = [...new Set(input)]
      const most = field.most ?? 1000
      return value.length > most ? refuse('kit.reference.many', { most }) : accept(value)
    },
    operators: ['contains', 'empty', 'filled'],
    text: (value, _field, labels) => value.map((id) => labels[id] ?? '').join('、'),
    jsonSchema: (field) => ({ type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: field.most ?? 1000 }),
    refers: { to: () => target, ids: (value) => value },
  }
}

export const personKind = one<PersonField>('person', 'person')
export const peopleKind = several<PeopleField>('people', 'person')
export const unitKind = one<UnitField>('unit', 'unit')
export const unitsKind = several<UnitsField>('units', 'unit')
export const filesKind = several<FilesField>('files', 'file')
