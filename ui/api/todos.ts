import { useQuery } from '@tanstack/react-query'
import type { TodoWire } from '#kit/wire/task.ts'
import { get } from './client.ts'
import { usePages } from './pages.ts'

export type Box = TodoWire['box']

export interface TodoQuery {
  readonly box: Box
  readonly entity?: string
  readonly search?: string
  readonly urgency?: string
  readonly due?: string
  readonly sort?: string
  readonly limit?: number
}

export const useTodos = (query: TodoQuery) =>
  usePages<TodoWire>(['todos', query], (after, signal) => get<{ items: TodoWire[]; next: string | null }>('/api/todos', { ...query, after }, signal))

/** Every kind of record there is in a box, for its filter. */
export const useTodoKinds = (box: Box) => useQuery({ queryKey: ['todos', 'kinds', box], queryFn: () => get<{ items: { entity: string; label: string }[] }>('/api/todos/kinds', { box }) })
