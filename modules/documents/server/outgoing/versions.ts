import { blame } from '#modules/documents/compare/blame.ts'
import type { ComparedBlock, Version } from '#modules/documents/compare/blame.ts'
import { blocksOf } from '#modules/documents/outgoing/draft.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import { Records } from '#platform/records/contract.ts'

interface KeptVersion extends Version {
  readonly at: Date
}

/** The versions of a document's body, oldest first. Savings of one person in a row are one version, as kept at the last of them. */
export async function versionsOf(ctx: ServerContext, entity: string, id: string): Promise<KeptVersion[]> {
  await ctx.use(Records).visible(entity, id)
  const history = await ctx.use(Records).history(entity, id, 'body')
  const last = history.filter(({ personId }, index) => history[index + 1]?.personId !== personId)
  const names = await ctx.use(Org).names(last.flatMap(({ personId }) => personId ?? []))
  return last.map(({ version, at, personId, value }) => ({ version, at, by: personId === null ? '系统' : (names[personId] ?? ''), body: blocksOf(value) }))
}

/** 花脸稿: who changed which words from one version to another; from the first to the last unless told. */
export async function comparison(ctx: ServerContext, entity: string, id: string, from = 1, to = Infinity): Promise<ComparedBlock[]> {
  const versions = (await versionsOf(ctx, entity, id)).filter(({ version }) => version <= to)
  const start = versions.findLastIndex(({ version }) => version <= from)
  return blame(versions.slice(Math.max(0, start)))
}
