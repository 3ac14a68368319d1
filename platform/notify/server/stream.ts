import type { ServerResponse } from 'node:http'
import type { Actor } from '#kit/context.ts'

/** A reader that leaves this many bytes unread is cut off; its browser comes back and reads the lists anew. */
const MOST_UNREAD_BYTES = 64 * 1024

/** Browsers come back after this time; those that opened too many streams later, so that they do not push each other out in turns. */
const RETRY_MS = 3000
const RETRY_LATE_MS = 60_000

/** One open page of one person. */
export interface Stream {
  readonly actor: Actor
  send(event: string, data: unknown): void
  beat(): void
  /** @param late lets the browser wait a minute before it comes back */
  end(late?: boolean): void
}

/** Server-sent events (HTML Living Standard 9.2) over an answer whose headers are still to be sent. */
export function openStream(actor: Actor, response: ServerResponse, headers: Readonly<Record<string, string | number | string[] | undefined>>): Stream {
  response.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
  const write = (text: string): void => {
    if (response.writableEnded || response.destroyed) return
    if (response.writableLength > MOST_UNREAD_BYTES) response.destroy()
    else response.write(text)
  }
  write(`retry: ${RETRY_MS}\n\n`)
  return {
    actor,
    send: (event, data) => write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
    beat: () => write(':\n\n'),
    end(late = false) {
      if (late) write(`retry: ${RETRY_LATE_MS}\n\n`)
      response.end()
    },
  }
}
