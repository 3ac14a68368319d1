import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { Audit } from '#platform/audit/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import type { WorkflowAct } from '../../contract.ts'
import { canonical } from '../../core/hash.ts'
import type { RowId } from '../../core/state.ts'
import { keepPicture, registeredOf } from './own.ts'

/** What a signature stands under: the values of the record, as one number. */
export const documentHash = ({ entity, id, values }: Pick<RuleRecord, 'entity' | 'id' | 'values'>): string => createHash('sha256').update(canonical({ entity, id, values })).digest('hex')

const SIGNED: ReadonlySet<string> = new Set(['complete', 'return'])

/** The picture an act asks for: one drawn for it, the registered one, or none. */
async function pictureFor(ctx: ServerContext, { operation, sign, drawn }: WorkflowAct): Promise<string | null> {
  if (!SIGNED.has(operation) || sign === 'none') return null
  if (drawn !== undefined) return keepPicture(ctx, drawn, 'drawn', false)
  const own = await registeredOf(ctx, actorOf(ctx).personId)
  if (sign === 'own') return own?.id ?? ctx.fail('workflow.signature.none')
  return own?.auto === true ? own.id : null
}

/** Puts the actor's own signature under what she has just done, bound to the document as it was. */
export async function signAct(ctx: ServerContext, caseId: string, actor: RowId, record: RuleRecord, act: WorkflowAct): Promise<void> {
  const signature = await pictureFor(ctx, act)
  if (signature === null) return
  const hash = documentHash(record)
  await sql`
    insert into workflow_signing (case_id, actor_id, signature_id, person_id, record_version, document_hash, at)
    values (${caseId}, ${actor}, ${signature}, ${actorOf(ctx).personId}, ${record.version}, ${hash}, ${ctx.now})
    on conflict (case_id, actor_id) do update set (signature_id, person_id, record_version, document_hash, at) = (excluded.signature_id, excluded.person_id, excluded.record_version, excluded.document_hash, excluded.at)`.execute(ctx.db())
  await ctx.use(Audit).record({ action: 'workflow.sign', object: { type: record.entity, id: record.id, title: record.title }, difference: { signature, version: record.version, document: hash } })
}
