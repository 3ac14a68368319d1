import type { TodoWire } from '#kit/wire/task.ts'

/** Address of the page a line of to-dos opens; the task or reading goes along, so that the page offers the right acts. */
export function todoAddress({ box, id, entity, recordId }: Pick<TodoWire, 'box' | 'id' | 'entity' | 'recordId'>): string {
  const query = box === 'todo' ? `?task=${id}` : box === 'toread' ? `?reading=${id}` : ''
  return `/app/${entity}/${recordId}${query}`
}

interface Place {
  readonly at: number
  readonly of: number
  /** The line after this one, or the first one left. */
  readonly next: TodoWire | undefined
}

/** Where an open record stands among the lines it was opened from. The line itself may have gone, once it was dealt with. */
export function placeOf(items: readonly TodoWire[], id: string): Place {
  const index = items.findIndex((item) => item.id === id)
  return { at: index + 1, of: items.length, next: items[index + 1] ?? items.find((item) => item.id !== id) }
}
