import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { SigningWire } from '#kit/wire/signature.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { recordOf } from '../record.ts'
import { readHead } from '../store.ts'
import { documentHash } from './sign.ts'

interface Row {
  readonly actor_id: number
  readonly signature_id: string
  readonly person_id: string
  readonly record_version: number
  readonly document_hash: string
}

export interface Signing extends SigningWire {
  readonly personId: string
}

/** Signatures in a case, by part. `changed`: the document says something else by now. */
export async function signingsOf(ctx: ServerContext, caseId: string): Promise<ReadonlyMap<number, Signing>> {
  const { rows } = await sql<Row>`select actor_id, signature_id, person_id, record_version, document_hash from workflow_signing where case_id = ${caseId}`.execute(ctx.db())
  if (rows.length === 0) return new Map()
  const { entity, recordId } = await readHead(ctx, caseId)
  const now = documentHash(await recordOf(ctx, entity, recordId))
  return new Map(rows.map((row) => [row.actor_id, { id: row.signature_id, picture: `/api/cases/${caseId}/signatures/${row.signature_id}`, personId: row.person_id, version: row.record_version, digest: row.document_hash.slice(0, 16), changed: row.document_hash !== now }]))
}

/** The signature under a part as pages show it. */
export function signatureOf(signings: ReadonlyMap<number, Signing>, part: number): SigningWire | null {
  const signing = signings.get(part)
  return signing === undefined ? null : { id: signing.id, picture: signing.picture, version: signing.version, digest: signing.digest, changed: signing.changed }
}

/** The picture of a signature in a case; 404 when the case has none like it, 409 when its bytes are not those that were kept. */
export async function pictureIn(ctx: ServerContext, caseId: string, signatureId: string): Promise<Buffer> {
  const { rows } = await sql<{ png: Buffer; sha256: string }>`
    select s.png, s.sha256 from workflow_signature s where s.id = ${signatureId} and exists (select from workflow_signing g where g.case_id = ${caseId} and g.signature_id = s.id)`.execute(ctx.db())
  return intact(ctx, rows[0])
}

/** The actor's own registered picture. */
export async function ownPicture(ctx: ServerContext, person: string): Promise<Buffer> {
  const { rows } = await sql<{ png: Buffer; sha256: string }>`select png, sha256 from workflow_signature where person_id = ${person} and kind = 'registered' and retired_at is null`.execute(ctx.db())
  return intact(ctx, rows[0])
}

function intact(ctx: ServerContext, row: { readonly png: Buffer; readonly sha256: string } | undefined): Buffer {
  if (row === undefined) return ctx.fail('workflow.signature.none')
  return createHash('sha256').update(row.png).digest('hex') === row.sha256 ? row.png : ctx.fail('workflow.signature.altered')
}
