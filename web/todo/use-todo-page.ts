import { useCallback, useMemo, useRef } from 'react'
import { useSearchParams } from 'react-router'
import type { TodoWire } from '#kit/wire/task.ts'
import { useTodos } from '#ui/api/todos.ts'
import { nextAfter } from '#ui/engine/list/place.ts'
import { useSelection } from '#ui/engine/list/use-selection.ts'
import { changeTodoState, queryOf, readTodoState, writeTodoState } from '#ui/engine/todo/todo-state.ts'
import type { TodoState } from '#ui/engine/todo/todo-state.ts'

/** The open line as it was last listed: it leaves its box when it is dealt with, while its record stays open. */
interface Opened {
  readonly item: TodoWire
  readonly order: readonly string[]
}

/** State of the to-do centre, kept in the address. */
export function useTodoPage() {
  const [params, setParams] = useSearchParams()
  const state = useMemo(() => readTodoState(params), [params])
  const change = useCallback((part: Partial<TodoState>) => {
    const moves = Object.keys(part).every((name) => name === 'open') && state.open !== null
    setParams(writeTodoState(changeTodoState(state, part)), { replace: moves })
  }, [setParams, state])
  const todos = useTodos(useMemo(() => queryOf(state), [state]))
  const selection = useSelection()
  const opened = useRef<Opened | null>(null)
  const listed = todos.items.find(({ id }) => id === state.open)
  if (listed !== undefined) opened.current = { item: listed, order: todos.items.map(({ id }) => id) }
  const current = opened.current?.item.id === state.open ? opened.current : null
  const ids = todos.items.map(({ id }) => id)
  const next = current === null ? null : nextAfter(current.order, current.item.id, ids)
  return { state, change, todos, selection, ids, open: current?.item ?? null, next }
}

export type TodoPageState = ReturnType<typeof useTodoPage>
