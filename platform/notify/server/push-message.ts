import { truncate } from '#base/text.ts'
import type { NoticeWire } from '#kit/wire/others.ts'

/** Channel on which a commit tells the processes what to push to open pages. */
export const PUSH_CHANNEL = 'chengming_push'

/** PostgreSQL refuses a payload of 8,000 bytes or more. */
const MOST_BYTES = 7900
const MOST_TEXT = 200

interface Pushed<P> {
  readonly to: readonly P[]
}

/** `to`: person, and the id of her copy of the notice. */
export type NoticeMessage = Pushed<readonly [person: string, notice: string]> & { readonly notice: Omit<NoticeWire, 'id' | 'read'> }
export type PokeMessage = Pushed<string> & { readonly poke: string }
export type PushMessage = NoticeMessage | PokeMessage

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))

/** Cuts the receivers so that each message fits a payload. */
function split<P, M extends Pushed<P>>(message: M): M[] {
  const [first] = message.to
  if (first === undefined) return []
  const room = MOST_BYTES - bytes({ ...message, to: [] })
  const size = Math.max(1, Math.floor(room / (bytes(first) + 1)))
  return Array.from({ length: Math.ceil(message.to.length / size) }, (_, part) => ({ ...message, to: message.to.slice(part * size, (part + 1) * size) }))
}

export const pokePayloads = (people: readonly string[], topic: string): string[] =>
  split<string, PokeMessage>({ to: people, poke: topic }).map((message) => JSON.stringify(message))

/** A long text is pushed cut; the list of notices has it whole. */
export function noticePayloads(to: NoticeMessage['to'], notice: NoticeMessage['notice']): string[] {
  const cut = { ...notice, title: truncate(notice.title, MOST_TEXT), text: notice.text === null ? null : truncate(notice.text, MOST_TEXT) }
  return split<readonly [string, string], NoticeMessage>({ to, notice: cut }).map((message) => JSON.stringify(message))
}

/** Only our own processes write to the channel. */
export const readPayload = (payload: string): PushMessage => JSON.parse(payload) as PushMessage
