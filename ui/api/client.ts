import { ApiFailure, isSignedOut, OFFLINE } from './failure.ts'

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
type Query = Readonly<Record<string, string | number | boolean | null | undefined>>

interface Call {
  readonly query?: Query
  readonly body?: unknown
  readonly signal?: AbortSignal
  /** Key of this attempt; a repeat with the same key gets the first answer. Drawn anew unless the caller repeats. */
  readonly key?: string
}

const signedOutListeners = new Set<() => void>()

/** Tells when any request finds that the session is over, so that the shell can ask to sign in above the open page. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener)
  return () => signedOutListeners.delete(listener)
}

/** Address of a request with its query; empty values are left out. */
export function address(path: string, query: Query = {}): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString()}`
}

async function failureOf(response: Response): Promise<ApiFailure> {
  const requestId = response.headers.get('x-request-id') ?? ''
  const body: unknown = await response.json().catch(() => null)
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : null
  if (typeof error !== 'object' || error === null) {
    return new ApiFailure(response.status, 'client.unreadable', `服务器暂时没有正常回应（${response.status}），请稍后重试`, {}, requestId)
  }
  const { code, message, details, requestId: quoted } = error as { code?: unknown; message?: unknown; details?: unknown; requestId?: unknown }
  return new ApiFailure(
    response.status, String(code), String(message), typeof details === 'object' && details !== null ? { ...details } : {}, typeof quoted === 'string' ? quoted : requestId,
  )
}

function headersOf(method: Method, { body, key }: Call): Headers {
  const headers = new Headers({ accept: 'application/json' })
  if (body !== undefined) headers.set('content-type', 'application/json')
  if (method !== 'GET') headers.set('idempotency-key', key ?? crypto.randomUUID())
  return headers
}

async function send(method: Method, path: string, call: Call): Promise<Response> {
  try {
    return await fetch(address(path, call.query), {
      method,
      headers: headersOf(method, call),
      credentials: 'same-origin',
      // Revalidates by ETag: unchanged answers come as 304 and are taken from the browser's cache.
      cache: method === 'GET' ? 'no-cache' : 'no-store',
      body: call.body === undefined ? null : JSON.stringify(call.body),
      signal: call.signal ?? null,
    })
  } catch (error) {
    if (call.signal?.aborted === true) throw error
    throw new ApiFailure(0, OFFLINE, '网络不通，没有连上服务器；填写的内容都还在，请检查网络后重试')
  }
}

/** Ends as the refusal an answer stands for. */
async function refuse(response: Response): Promise<never> {
  const failure = await failureOf(response)
  if (isSignedOut(failure)) for (const listener of signedOutListeners) listener()
  throw failure
}

/** Reads a file the server makes; `got` is told how many bytes are there so far. Refusals end as `ApiFailure`. */
export async function readFile(path: string, got: (bytes: number) => void, signal: AbortSignal): Promise<Blob> {
  const response = await send('GET', path, { signal })
  if (!response.ok || response.body === null) return refuse(response)
  let bytes = 0
  const counted = response.body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, to) {
      bytes += chunk.byteLength
      got(bytes)
      to.enqueue(chunk)
    },
  }))
  return new Response(counted, { headers: response.headers }).blob()
}

/** Reads a file the server makes of what it is sent. Refusals end as `ApiFailure`. */
export async function postForFile(path: string, body: unknown): Promise<Blob> {
  const response = await send('POST', path, { body })
  return response.ok ? response.blob() : refuse(response)
}

/** Sends one request. `T` is the answer promised by `kit/wire`; refusals end as `ApiFailure`. */
export async function request<T>(method: Method, path: string, call: Call = {}): Promise<T> {
  const response = await send(method, path, call)
  if (response.ok) return response.status === 204 ? (undefined as T) : ((await response.json()) as T)
  return refuse(response)
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
  request<T>('GET', path, { ...(query !== undefined && { query }), ...(signal !== undefined && { signal }) })
export const post = <T>(path: string, body: unknown = {}, key?: string): Promise<T> => request<T>('POST', path, { body, ...(key !== undefined && { key }) })
export const patch = <T>(path: string, body: unknown): Promise<T> => request<T>('PATCH', path, { body })
export const put = <T>(path: string, body: unknown): Promise<T> => request<T>('PUT', path, { body })
export const remove = <T>(path: string, query?: Query): Promise<T> => request<T>('DELETE', path, { ...(query !== undefined && { query }) })
