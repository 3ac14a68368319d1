import { isDeepStrictEqual } from 'node:util'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Records } from '#platform/records/contract.ts'
import type { RuleRecord } from '#platform/records/contract.ts'

/** What the signer answers for. To whom it is distributed and how many copies are printed is settled at 复核登记. */
const SUBSTANCE = ['subject', 'docType', 'addressees', 'body', 'attachments', 'note'] as const

async function isChanged(ctx: ServerContext, { entity, id, values }: RuleRecord, field: string, signedVersion: number): Promise<boolean> {
  const signed = (await ctx.use(Records).history(entity, id, field)).findLast(({ version }) => version <= signedVersion)
  return !isDeepStrictEqual(signed?.value ?? null, values[field] ?? null)
}

/** Whether the text is another than the one that was signed: then the signer has to see it again (条例 art. 24(1)). */
export async function changedSinceSigning(ctx: ServerContext, record: RuleRecord): Promise<boolean> {
  const signedVersion = record.values['signedVersion']
  if (typeof signedVersion !== 'number') return true
  for (const field of SUBSTANCE) if (await isChanged(ctx, record, field, signedVersion)) return true
  return false
}
