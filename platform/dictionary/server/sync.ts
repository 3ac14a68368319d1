import { sql } from 'kysely'
import type { DictionaryDefinition } from '#kit/module.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { CODE } from './layers.ts'

/** Entries that left the code stay for the records that use them, disabled. */
async function syncOne(ctx: ServerContext, module: string, { name, label, entries }: DictionaryDefinition): Promise<void> {
  const db = ctx.db()
  const rows = JSON.stringify(entries.map((entry, position) => ({ note: null, disabled: false, ...entry, position })))
  await sql`insert into dictionary_list (name, label, module) values (${name}, ${label}, ${module})
    on conflict (name) do update set label = excluded.label, module = excluded.module`.execute(db)
  await sql`update dictionary_entry set disabled = true where dictionary = ${name} and layer = ${CODE} and not disabled
    and code not in (select e->>'code' from jsonb_array_elements(${rows}::jsonb) e)`.execute(db)
  await sql`insert into dictionary_entry (dictionary, layer, code, label, note, disabled, position, changed_at)
    select ${name}, ${CODE}, code, label, note, disabled, position, ${ctx.now}
    from jsonb_to_recordset(${rows}::jsonb) as e(code text, label text, note text, disabled boolean, position int)
    on conflict (dictionary, layer, code) do update set label = excluded.label, note = excluded.note, disabled = excluded.disabled, position = excluded.position`.execute(db)
}

/** Brings the dictionaries of all modules into the layer of the code. */
export const syncDictionaries = (runtime: Runtime): Promise<void> =>
  runtime.command(null, async (ctx) => {
    for (const { definition } of runtime.registry.modules) for (const dictionary of definition.dictionaries) await syncOne(ctx, definition.id, dictionary)
  })
