import type { Box } from '#ui/api/todos.ts'

/** The five boxes in their order, each with what to say when it is empty. */
export const BOXES: readonly { readonly key: Box; readonly label: string; readonly empty: string }[] = [
  { key: 'todo', label: '待办', empty: '没有等您办理的事项' },
  { key: 'toread', label: '待阅', empty: '没有等您阅读的文件' },
  { key: 'mine', label: '我发起', empty: '您还没有发起过事项' },
  { key: 'done', label: '已办', empty: '还没有办理过的事项' },
  { key: 'read', label: '已阅', empty: '还没有阅过的文件' },
]

export const boxOf = (name: string | null): Box => BOXES.find(({ key }) => key === name)?.key ?? 'todo'
