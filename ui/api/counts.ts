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

function listen(client: QueryClient): EventSource {
  const source = new EventSource('/api/events')
  source.addEventListener('counts', (event: MessageEvent<string>) => {
    client.setQueryData(countsKey, JSON.parse(event.data) as CountsWire)
    refresh(client, ['todos'])
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
    const open = (): void => {
      source = listen(client)
      source.addEventListener('error', () => {
        if (source?.readyState !== EventSource.CLOSED) return
        timer = window.setTimeout(open, AGAIN_MS)
      })
    }
    open()
    return () => {
      window.clearTimeout(timer)
      source?.close()
    }
  }, [client])
}
