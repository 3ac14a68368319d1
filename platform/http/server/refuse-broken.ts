import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { Failure } from '#kit/failure.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { answerOf } from './errors.ts'

const CODES: Readonly<Record<string, string>> = { ERR_HTTP_REQUEST_TIMEOUT: 'http.slow', HPE_HEADER_OVERFLOW: 'http.head.large' }

/** Answers what never became a request: too slow, too large, not HTTP at all; in the words of every other error. */
export const refuseBroken = (runtime: Runtime) => (error: Error & { code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const { status, body } = answerOf(runtime.registry, new Failure(CODES[error.code ?? ''] ?? 'http.body.broken'), randomUUID().slice(0, 13))
  const text = JSON.stringify(body)
  runtime.log.debug({ err: error }, 'connection refused')
  if (socket.writable) {
    socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${text}`)
  }
  socket.destroySoon()
}
