import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Finding } from '#modules/documents/checks/finding.ts'
import { request } from '#ui/api/client.ts'
import type { Values } from '#ui/api/records.ts'
import { useLater } from '#ui/lib/use-later.ts'

/** What stands in a form now: all of a new record, or what was changed of the one named. */
export interface Now {
  readonly id?: string | undefined
  readonly values: Values
}

/** How long the hands rest before the checks, and before the pages are set anew. */
const CHECK_MS = 600
const SET_MS = 1_200

/** Answers about something typed are not kept: the next pause makes them worthless. */
const asked = <T,>(name: string, { id, values }: Now) => ({
  queryKey: ['documents', name, id, values], gcTime: 0, staleTime: Infinity, placeholderData: keepPreviousData,
  queryFn: ({ signal }: { readonly signal: AbortSignal }) => request<T>('POST', `/api/documents/${name}`, { body: { id, values }, signal }),
})

/** What the drafting rules find in what is typed, whenever the hands rest. */
export const useChecksNow = ({ id, values }: Now) => useQuery(asked<{ findings: readonly Finding[] }>('checks-now', { id, values: useLater(values, CHECK_MS) }))

/** The pages of what is typed. */
export const usePreviewNow = ({ id, values }: Now) => useQuery(asked<{ pages: readonly string[] }>('preview-now', { id, values: useLater(values, SET_MS) }))
