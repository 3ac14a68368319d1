import type { Failure } from '#kit/failure.ts'

/** An answer the server refused, or a request that never reached it. `message` is Chinese and says what to do. */
export class ApiFailure extends Error {
  readonly status: number
  readonly code: Failure['code']
  readonly details: Failure['details']
  /** Number to quote to the operators; empty when the server was not reached. */
  readonly requestId: string

  constructor(status: number, code: string, message: string, details: Failure['details'] = {}, requestId = '') {
    super(message)
    this.name = 'ApiFailure'
    this.status = status
    this.code = code
    this.details = details
    this.requestId = requestId
  }
}

export const OFFLINE = 'client.offline'

export const isSignedOut = (error: unknown): boolean => error instanceof ApiFailure && error.status === 401 && error.code !== 'identity.wrong'
export const isExpiredPassword = (error: unknown): boolean => error instanceof ApiFailure && error.code === 'identity.password.expired'
export const isOffline = (error: unknown): boolean => error instanceof ApiFailure && error.code === OFFLINE
export const isForbidden = (error: unknown): boolean => error instanceof ApiFailure && error.status === 403
export const isMissing = (error: unknown): boolean => error instanceof ApiFailure && error.status === 404
/** Somebody else was faster: what this page knows is no longer the newest. */
export const isStale = (error: unknown): boolean => error instanceof ApiFailure && error.status === 409 && error.code.endsWith('.stale')

/** What to tell a person about any error. */
export const messageOf = (error: unknown): string => (error instanceof ApiFailure ? error.message : '页面出现意外，请刷新后重试')

/** Problems of single fields an answer names: field → message. */
export function fieldProblems(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof ApiFailure)) return {}
  const listed = error.details['fields'] ?? error.details['problems']
  if (!Array.isArray(listed)) return {}
  const pairs = listed.flatMap((one: unknown) =>
    typeof one === 'object' && one !== null && 'field' in one && 'message' in one ? [[String(one.field).replace(/^values\./, ''), String(one.message)] as const] : [])
  return Object.fromEntries(pairs)
}
