import type { ServerContext } from '#platform/db/server/context.ts'
import { Dictionary } from '#platform/dictionary/contract.ts'
import { kindWith } from '../rules/kinds.ts'
import type { LeaveKind } from '../rules/kinds.ts'
import { readSetting } from './settings.ts'

/** Kinds of leave in use, in the dictionary's order and words, with the rules that hold in an organisation. */
export async function kindsOf(ctx: ServerContext, organisationId: string): Promise<LeaveKind[]> {
  const { value } = await readSetting(ctx, organisationId, 'kinds')
  const entries = await ctx.use(Dictionary).entries('leave.kind')
  return entries.map(({ code, label }) => ({ ...kindWith(code, value[code]), label }))
}

export async function kindOf(ctx: ServerContext, organisationId: string, code: string): Promise<LeaveKind> {
  const { value } = await readSetting(ctx, organisationId, 'kinds')
  return { ...kindWith(code, value[code]), label: await ctx.use(Dictionary).label('leave.kind', code) }
}
