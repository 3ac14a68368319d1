import type { ServerContext } from '#platform/db/server/context.ts'
import type { DictionaryService } from '../contract.ts'
import { CODE, DISTRICT, mergeLayers } from './layers.ts'
import type { EffectiveEntry } from './layers.ts'

export interface DictionaryTables {
  dictionary_list: { name: string; label: string; module: string }
  dictionary_entry: {
    dictionary: string; layer: string; code: string; label: string; note: string | null; disabled: boolean; position: number; changed_at: Date; changed_by: string | null
  }
}

/** All entries of a dictionary as they hold for the actor's organisation, disabled ones included. */
export async function effectiveEntries(ctx: ServerContext, name: string): Promise<EffectiveEntry[]> {
  const layers = [CODE, DISTRICT, ...(ctx.actor === null ? [] : [ctx.actor.organisationId])]
  const rows = await ctx.db<DictionaryTables>().selectFrom('dictionary_entry').select(['layer', 'code', 'label', 'note', 'disabled', 'position'])
    .where('dictionary', '=', name).where('layer', 'in', layers).execute()
  return mergeLayers(rows)
}

/** Each dictionary is read once for a context: lists ask for many labels. */
export function dictionaryService(ctx: ServerContext): DictionaryService {
  const read = new Map<string, Promise<EffectiveEntry[]>>()
  const all = (name: string): Promise<EffectiveEntry[]> => {
    const entries = read.get(name) ?? effectiveEntries(ctx, name)
    read.set(name, entries)
    return entries
  }
  return {
    async entries(name, { withDisabled = false } = {}) {
      return (await all(name)).filter(({ disabled }) => withDisabled || !disabled).map(({ code, label, note, disabled }) => ({ code, label, note, disabled }))
    },
    label: async (name, code) => (await all(name)).find((entry) => entry.code === code)?.label ?? code,
  }
}
