import { Access } from '#platform/access/contract.ts'
import { Audit } from '#platform/audit/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { effectiveEntries } from './dictionary.ts'
import type { DictionaryTables } from './dictionary.ts'
import { DISTRICT } from './layers.ts'

export type ChangeableLayer = 'district' | 'organisation'

export interface EntryChange {
  readonly name: string
  readonly code: string
  readonly layer: ChangeableLayer
  readonly label: string
  readonly note?: string | null | undefined
  readonly disabled: boolean
  readonly position?: number | undefined
}

/** Whoever administers one organisation changes its layer only. */
async function layerOf(ctx: ServerContext, layer: ChangeableLayer): Promise<string> {
  if (layer === 'organisation') return actorOf(ctx).organisationId
  return (await ctx.use(Access).scope('dictionary.manage')) === 'district' ? DISTRICT : ctx.fail('dictionary.layer')
}

export async function labelOfDictionary(ctx: ServerContext, name: string): Promise<string> {
  const list = await ctx.db<DictionaryTables>().selectFrom('dictionary_list').select('label').where('name', '=', name).executeTakeFirst()
  return (list ?? ctx.fail('dictionary.missing')).label
}

async function audit(ctx: ServerContext, action: string, name: string, code: string, difference: unknown): Promise<void> {
  await ctx.use(Audit).record({ action: `dictionary.${action}`, object: { type: 'dictionary', id: name, title: await labelOfDictionary(ctx, name) }, difference: { code, difference } })
}

/** Overrides or adds an entry in one layer. */
export async function changeEntry(ctx: ServerContext, { name, code, layer: chosen, label, note = null, disabled, position }: EntryChange): Promise<void> {
  await labelOfDictionary(ctx, name)
  const layer = await layerOf(ctx, chosen)
  const all = await effectiveEntries(ctx, name)
  const before = all.find((entry) => entry.code === code)
  const place = position ?? before?.position ?? Math.max(-1, ...all.map((entry) => entry.position)) + 1
  const values = { label, note, disabled, position: place, changed_at: ctx.now, changed_by: actorOf(ctx).personId }
  await ctx.db<DictionaryTables>().insertInto('dictionary_entry').values({ dictionary: name, layer, code, ...values })
    .onConflict((conflict) => conflict.columns(['dictionary', 'layer', 'code']).doUpdateSet(values)).execute()
  await audit(ctx, 'change', name, code, { layer: chosen, before: before ?? null, after: { label, note, disabled, position: place } })
}

/** Takes back what one layer changed; an entry it added is disabled, as records may use it. */
export async function resetEntry(ctx: ServerContext, { name, code, layer: chosen }: Pick<EntryChange, 'name' | 'code' | 'layer'>): Promise<void> {
  const layer = await layerOf(ctx, chosen)
  const rows = await ctx.db<DictionaryTables>().selectFrom('dictionary_entry').select('layer').where('dictionary', '=', name).where('code', '=', code).execute()
  if (!rows.some((row) => row.layer === layer)) ctx.fail('dictionary.not-changed')
  const own = { dictionary: name, layer, code }
  const db = ctx.db<DictionaryTables>()
  if (rows.length > 1) await db.deleteFrom('dictionary_entry').where((eb) => eb.and(own)).execute()
  else await db.updateTable('dictionary_entry').set({ disabled: true, changed_at: ctx.now, changed_by: actorOf(ctx).personId }).where((eb) => eb.and(own)).execute()
  await audit(ctx, 'reset', name, code, { layer: chosen })
}
