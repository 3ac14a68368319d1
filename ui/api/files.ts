import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { FileWire } from '#kit/wire/others.ts'
import { get } from './client.ts'
import { ApiFailure, OFFLINE } from './failure.ts'

export const fileAddress = (id: string, download = false): string => `/api/files/${id}${download ? '?download=1' : ''}`

export function useFiles(ids: readonly string[]) {
  const client = useQueryClient()
  return useQuery({
    queryKey: ['files', ...ids],
    enabled: ids.length > 0,
    staleTime: Infinity,
    placeholderData: () => {
      const known = ids.flatMap((id) => client.getQueryData<FileWire>(['file', id]) ?? [])
      return known.length === ids.length ? { items: known } : undefined
    },
    queryFn: () => get<{ items: FileWire[] }>('/api/files', { ids: ids.join(',') }),
  })
}

interface Upload {
  readonly signal: AbortSignal
  /** Part sent so far, 0 to 1. */
  readonly onProgress: (part: number) => void
}

function refusal(request: XMLHttpRequest): ApiFailure {
  const body = request.response as { error?: { code: string; message: string; details?: Record<string, unknown>; requestId?: string } } | null
  const error = body?.error
  return error === undefined
    ? new ApiFailure(request.status, 'client.unreadable', `文件没有传上去（${request.status}），请重试`)
    : new ApiFailure(request.status, error.code, error.message, error.details, error.requestId)
}

/** Sends one file; XMLHttpRequest because fetch does not tell how much has been sent. Ends with AbortError when cancelled. */
export function uploadFile(file: File, { signal, onProgress }: Upload): Promise<FileWire> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/files')
    request.responseType = 'json'
    request.setRequestHeader('content-type', file.type || 'application/octet-stream')
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name))
    request.setRequestHeader('idempotency-key', crypto.randomUUID())
    request.upload.addEventListener('progress', (event) => event.lengthComputable && onProgress(event.loaded / event.total))
    request.addEventListener('load', () => (request.status < 300 ? resolve(request.response as FileWire) : reject(refusal(request))))
    request.addEventListener('error', () => reject(new ApiFailure(0, OFFLINE, '网络中断，文件没有传完，请重试')))
    request.addEventListener('abort', () => reject(new DOMException('cancelled', 'AbortError')))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}
