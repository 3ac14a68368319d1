import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { uuidV7 } from '#base/ids.ts'
import type { NoticeWire } from '#kit/wire/others.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { deferred } from '#platform/db/server/deferred.ts'
import type { Write } from '#platform/db/server/deferred.ts'
import { noticePayloads, pokePayloads, PUSH_CHANNEL } from './push-message.ts'

interface Told {
  readonly people: readonly string[]
  readonly notice: Pick<NoticeWire, 'kind' | 'title' | 'text' | 'link'>
}

interface Poked {
  readonly people: readonly string[]
  readonly topic: string
}

type Message = Told | Poked

interface Copy {
  readonly id: string
  readonly person: string
}

/** Notices with a copy for each person, and for each topic one poke, whatever the number of messages. */
function writeOf({ now }: ServerContext, messages: readonly Message[]): Write {
  const told = messages.filter((message) => 'notice' in message).map(({ people, notice }) => ({
    notice, copies: people.map((person): Copy => ({ id: uuidV7(now.getTime(), randomBytes(10)), person })),
  }))
  const rows = told.flatMap(({ notice, copies }) => copies.map((copy) => ({ ...notice, ...copy })))
  const poked = Map.groupBy(messages.filter((message) => 'topic' in message), ({ topic }) => topic)
  const payloads = [
    ...told.flatMap(({ notice, copies }) => noticePayloads(copies.map(({ id, person }) => [person, id] as const), { ...notice, at: now.toISOString() })),
    ...[...poked].flatMap(([topic, same]) => pokePayloads([...new Set(same.flatMap(({ people }) => people))], topic)),
  ]
  return {
    insert: sql`insert into notify_notice (id, person_id, kind, title, text, link, created_at)
      select id, person, kind, title, text, link, ${now} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(id uuid, person uuid, kind text, title text, text text, link text)`,
    select: sql`select pg_notify(${PUSH_CHANNEL}, payload) from unnest(${payloads}::text[]) payload`,
  }
}

/** Messages leave when their command ends. */
export const messages = deferred(writeOf)
