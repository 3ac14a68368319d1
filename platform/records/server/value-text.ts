import type { Entity } from '#kit/entity.ts'
import { kindOf } from '#kit/fields/kinds.ts'

/** One value as text; structured values only say whether there is one, their differences are shown by their own page. */
export function valueTextOf(entity: Entity, key: string, value: unknown, labels: Readonly<Record<string, string>>): string {
  const field = entity.fields[key]
  if (field === undefined || value === null || value === undefined) return ''
  return field.kind === 'structured' ? '（见修改痕迹）' : kindOf(field).text(value, field, labels)
}
