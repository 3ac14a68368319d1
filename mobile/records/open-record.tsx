import { useNavigate, useParams, useSearchParams } from 'react-router'
import { useTodos } from '#ui/api/todos.ts'
import { placeOf, todoAddress } from '#ui/phone/flow/todo-address.ts'
import { useBack } from '#ui/phone/frame/back.tsx'
import { RecordPage } from '#ui/phone/record/record-page.tsx'

/** A record by its address; opened from a to-do it knows its place there and the next one. */
export function OpenRecord() {
  const { entity = '', id = '' } = useParams()
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const taskId = params.get('task') ?? undefined
  const readingId = params.get('reading') ?? undefined
  const todos = useTodos({ box: readingId === undefined ? 'todo' : 'toread' })
  const { at, of, next } = placeOf(todos.items, taskId ?? readingId ?? '')
  const fromTodos = taskId !== undefined || readingId !== undefined
  return (
    <RecordPage
      key={`${id}:${taskId ?? ''}`} entity={entity} id={id} taskId={taskId} readingId={readingId} close={useBack(fromTodos ? '/todo' : `/app/${entity}`)}
      next={fromTodos && next !== undefined ? () => void navigate(todoAddress(next), { replace: true }) : undefined}
      place={fromTodos ? { at, of, step: () => undefined } : undefined}
    />
  )
}
