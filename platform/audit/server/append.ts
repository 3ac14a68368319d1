import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { uuidV7 } from '#base/ids.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { AuditEntry } from '../contract.ts'
import type { Head } from './chains.ts'
import { macOf } from './seal.ts'
import type { SealedFields } from './seal.ts'

/** Differences are for reading; whoever writes more keeps its beginning. */
const LONGEST_DIFFERENCE = 20_000

function differenceText(difference: unknown): string | null {
  if (difference === undefined || difference === null) return null
  const text = JSON.stringify(difference)
  return text.length <= LONGEST_DIFFERENCE ? text : JSON.stringify({ cut: text.slice(0, LONGEST_DIFFERENCE) })
}

function fieldsOf(ctx: ServerContext, entry: AuditEntry, chain: string, seq: number): SealedFields {
  const actor = entry.by ?? ctx.actor
  return {
    id: uuidV7(ctx.now.getTime(), randomBytes(10)), chain, seq, at: ctx.now.toISOString(),
    organisationId: actor?.organisationId ?? null, personId: actor?.personId ?? null, personName: actor?.name ?? null, postId: actor?.postId ?? null,
    onBehalfOf: entry.onBehalfOf ?? null, action: entry.action, objectType: entry.object?.type ?? null, objectId: entry.object?.id ?? null,
    objectTitle: entry.object?.title ?? null, result: entry.result ?? 'done', address: ctx.source.address ?? null, device: ctx.source.device ?? null,
    requestId: ctx.requestId, difference: differenceText(entry.difference),
  }
}

/** Adds entries to a chain and answers its new head, which holds when the transaction commits. */
export async function append(ctx: ServerContext, key: Buffer, head: Head, entries: readonly AuditEntry[]): Promise<Head> {
  let { seq, mac } = head
  const rows = entries.map((entry) => {
    seq += 1
    const fields = fieldsOf(ctx, entry, head.chain, seq)
    mac = macOf(key, mac, fields)
    return { ...fields, mac: mac.toString('hex') }
  })
  await sql`
    insert into audit_entry (id, chain, seq, at, organisation_id, person_id, person_name, post_id, on_behalf_of, action, object_type, object_id, object_title,
      result, address, device, request_id, difference, mac)
    select id, chain, seq, at, "organisationId", "personId", "personName", "postId", "onBehalfOf", action, "objectType", "objectId", "objectTitle",
      result, address, device, "requestId", difference::json, decode(mac, 'hex')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e(id uuid, chain uuid, seq bigint, at timestamptz, "organisationId" uuid, "personId" uuid,
      "personName" text, "postId" uuid, "onBehalfOf" uuid, action text, "objectType" text, "objectId" text, "objectTitle" text, result text,
      address text, device text, "requestId" text, difference text, mac text)`.execute(ctx.db())
  return { chain: head.chain, seq, mac }
}
