import { initialValue } from '#kit/draft.ts'
import type { Entity } from '#kit/entity.ts'
import type { Labels } from '#kit/fields/field.ts'
import type { SessionWire } from '#kit/wire/session.ts'
import type { Values } from '#ui/api/records.ts'

/** What a new record begins with, and the names it needs: the person acting, her unit, today. */
export function initialOf(entity: Entity, session: SessionWire, today: string): { readonly values: Values; readonly labels: Labels } {
  const known = { me: session.person.id, 'my-unit': session.post.unitId, today } as const
  const pairs = Object.entries(entity.fields).flatMap(([key, field]) => {
    const value = initialValue(field, known)
    return value === undefined ? [] : [[key, value] as const]
  })
  return { values: Object.fromEntries(pairs), labels: { [session.person.id]: session.person.name, [session.post.unitId]: session.post.unitName } }
}
