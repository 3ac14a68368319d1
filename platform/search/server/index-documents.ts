import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { deferred } from '#platform/db/server/deferred.ts'
import type { Write } from '#platform/db/server/deferred.ts'
import { fold, indexed } from './pairs.ts'

interface Document {
  readonly entity: string
  readonly id: string
  readonly permission: string
  readonly title: string
  readonly text: string
  readonly at: Date
}

function rowOf(document: Document): object {
  const { text: folded, pairs } = indexed(fold(`${document.title}\n${document.text}`))
  return { ...document, folded, pairs }
}

function writeOf(_ctx: ServerContext, documents: readonly Document[]): Write {
  const last = new Map(documents.map((document) => [`${document.entity} ${document.id}`, document]))
  const rows = JSON.stringify([...last.values()].map(rowOf))
  return { insert: sql`
    insert into search_document (entity, id, permission, title, text, folded, pairs, at)
    select entity, id, permission, title, text, folded, array_to_tsvector(pairs), at
    from jsonb_to_recordset(${rows}::jsonb) as d(entity text, id uuid, permission text, title text, text text, folded text, pairs text[], at timestamptz)
    on conflict (entity, id) do update set permission = excluded.permission, title = excluded.title, text = excluded.text, folded = excluded.folded,
      pairs = excluded.pairs, at = excluded.at` }
}

/** Writes or replaces what is found of records; a record that changes several times in a command is written once. */
export const documents = deferred(writeOf)
