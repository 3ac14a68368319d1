import { useEffect } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import type { CountsWire } from '#kit/wire/others.ts'
import { get } from './client.ts'

const countsKey = ['counts'] as const

export const useCounts = () => useQuery({ queryKey: countsKey, queryFn: () => get<CountsWire>('/api/counts'), staleTime: Infinity })

/** Topic of a `poke` → first parts of the query keys it makes stale. */
const TOPICS: Readonly<Record<string, readonly string[]>> = {
  todo: ['todos', 'counts', 'task'], records: ['records', 'record'], notices: ['notices', 'counts'], case: ['case', 'task', 'record'], meta: ['meta'],
}

export function staleAfter(topic: string): readonly string[] {
  return TOPICS[topic] ?? [topic]
}

function refresh(client: QueryClient, heads: readonly string[]): void {
  void client.invalidateQueries({ predicate: ({ queryKey }) => heads.includes(String(queryKey[0])) })
}

/** Whether lists read before are stale: the first numbers of a page that has just been opened only say what its own lists say. */
export const countsMoved = (known: CountsWire | undefined, told: CountsWire, first: boolean): boolean => !first || (known !== undefined && (known.todo !== told.todo || known.toread !== told.toread))

function listen(client: QueryClient, opened: boolean): EventSource {
  const source = new EventSource('/api/events')
  let first = opened
  source.addEventListener('counts', (event: MessageEvent<string>) => {
    const told = JSON.parse(event.data) as CountsWire
    if (countsMoved(client.getQueryData<CountsWire>(countsKey), told, first)) refresh(client, ['todos'])
    client.setQueryData(countsKey, told)
    first = false
  })
  source.addEventListener('notice', () => refresh(client, ['notices']))
  source.addEventListener('poke', (event: MessageEvent<string>) => refresh(client, staleAfter((JSON.parse(event.data) as { topic: string }).topic)))
  return source
}

const AGAIN_MS = 5_000

/** Keeps the stream of events open while the page stands; the browser reconnects, and a stream it gave up is opened anew. */
export function useEvents(): void {
  const client = useQueryClient()
  useEffect(() => {
    let source: EventSource | null = null
    let timer = 0
    const open = (opened: boolean): void => {
      source = listen(client, opened)
      source.addEventListener('error', () => {
        if (source?.readyState !== EventSource.CLOSED) return
        timer = window.setTimeout(() => open(false), AGAIN_MS)
      })
    }
    open(true)
    return () => {
      window.clearTimeout(timer)
      source?.close()
    }
  }, [client])
}
