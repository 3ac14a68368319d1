import type { Box, TodoQuery } from '#ui/api/todos.ts'

/** Words for the boxes, in the order of the tabs. */
export const BOXES: Readonly<Record<Box, { readonly label: string; readonly empty: string }>> = {
  todo: { label: '待办', empty: '没有等您办理的事项' },
  toread: { label: '待阅', empty: '没有等您阅读的文件' },
  mine: { label: '我发起', empty: '您还没有发起过事项' },
  done: { label: '已办', empty: '还没有办理过的事项' },
  read: { label: '已阅', empty: '还没有阅过的文件' },
}

const isBox = (text: string | null): text is Box => text !== null && Object.hasOwn(BOXES, text)

/** Everything about the to-do centre that a link can carry. */
export interface TodoState {
  readonly box: Box
  readonly search: string
  readonly entity: string
  readonly urgency: string
  readonly due: string
  readonly sort: string
  /** Line that stands open beside the list. */
  readonly open: string | null
}

export const readTodoState = (params: URLSearchParams): TodoState => {
  const box = params.get('box')
  const text = (name: string): string => params.get(name) ?? ''
  return { box: isBox(box) ? box : 'todo', search: text('search'), entity: text('entity'), urgency: text('urgency'), due: text('due'), sort: text('sort'), open: params.get('open') }
}

export const writeTodoState = (state: TodoState): URLSearchParams =>
  new URLSearchParams(Object.entries(state).filter((pair): pair is [string, string] => pair[1] !== null && pair[1] !== '' && !(pair[0] === 'box' && pair[1] === 'todo')))

/** A change of what is listed closes the open line; another box starts without filters. */
export function changeTodoState(state: TodoState, change: Partial<TodoState>): TodoState {
  if (change.box !== undefined && change.box !== state.box) return { ...readTodoState(new URLSearchParams()), sort: state.sort, ...change }
  const keeps = Object.keys(change).every((name) => name === 'open')
  return { ...state, ...(keeps ? {} : { open: null }), ...change }
}

export const isFiltered = ({ search, entity, urgency, due }: TodoState): boolean => [search, entity, urgency, due].some((text) => text !== '')

/** What is asked of the server; empty filters are left out. */
export function queryOf({ box, search, entity, urgency, due, sort }: TodoState): TodoQuery {
  return { box, ...(search !== '' && { search }), ...(entity !== '' && { entity }), ...(urgency !== '' && { urgency }), ...(due !== '' && { due }), ...(sort !== '' && { sort }) }
}
