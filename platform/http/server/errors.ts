import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { Failure } from '#kit/failure.ts'
import { fill } from '#kit/words.ts'
import type { Registry } from '#platform/registry/server/registry.ts'

interface Answer {
  readonly status: number
  readonly body: { readonly error: { readonly code: string; readonly message: string; readonly details: Readonly<Record<string, unknown>>; readonly requestId: string } }
}

const FASTIFY_CODES: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'http.body.large',
  FST_ERR_CTP_INVALID_JSON_BODY: 'http.body.broken',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'http.body.broken',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'http.body.broken',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'http.body.broken',
}

/** Connection failures and shutdowns of PostgreSQL (class 08, 57P0x) and of the pool. */
const DATABASE_GONE = /^(08\w{3}|57P0\d|ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND)$/

/** PostgreSQL has no room for another row. */
const DISK_FULL = '53100'

/** A value its column cannot take (class 22): checks of form let it through, the input is to blame all the same. */
const UNFIT_VALUE = /^22\w{3}$/

const codeOf = (error: unknown): string => (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '')

export function isDatabaseGone(error: unknown): boolean {
  return DATABASE_GONE.test(codeOf(error)) || (error instanceof Error && /Connection terminated|timeout exceeded when trying to connect/.test(error.message))
}

/** Pure rules throw errors of their own with the code of a known word and its details. */
function failureOf(registry: Registry, error: unknown): Failure {
  if (error instanceof Failure) return error
  if (registry.errors[codeOf(error)] !== undefined) return new Failure(codeOf(error), (error as { details?: Readonly<Record<string, unknown>> }).details)
  const known = FASTIFY_CODES[codeOf(error)]
  if (known !== undefined) return new Failure(known)
  if (codeOf(error) === DISK_FULL) return new Failure('db.full')
  if (UNFIT_VALUE.test(codeOf(error))) return new Failure('http.invalid', { problems: '含有无法识别的值，请检查后重试', fields: [] })
  return new Failure(isDatabaseGone(error) ? 'db.unavailable' : 'http.internal')
}

/** What the caller reads of an error: its code, its Chinese text, details, and the request's number; never a stack or SQL. */
export function answerOf(registry: Registry, error: unknown, requestId: string): Answer {
  const failure = failureOf(registry, error)
  const word = registry.errors[failure.code]
  if (word === undefined) return answerOf(registry, new Failure('http.internal'), requestId)
  const message = fill(word.text, { requestId, ...failure.details })
  return { status: word.status, body: { error: { code: failure.code, message, details: failure.details, requestId } } }
}

export const errorHandler = (registry: Registry) => (error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void => {
  const { status, body } = answerOf(registry, error, request.id)
  if (status >= 500) request.log.error({ err: error, code: body.error.code }, 'request failed')
  else if (UNFIT_VALUE.test(codeOf(error))) request.log.warn({ err: error }, 'value refused by the database')
  void reply.status(status).send(body)
}
