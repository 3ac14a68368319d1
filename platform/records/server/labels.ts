import type { Entity, Field } from '#kit/entity.ts'
import { kindOf } from '#kit/fields/kinds.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Dictionary } from '#platform/dictionary/contract.ts'
import { Files } from '#platform/files/contract.ts'
import { Org } from '#platform/org/contract.ts'

type Values = Readonly<Record<string, unknown>>

function collect(entity: Entity, rows: readonly Values[]): Map<string, Set<string>> {
  const wanted = new Map<string, Set<string>>()
  const add = (field: Field, value: unknown): void => {
    const { refers } = kindOf(field)
    if (refers === undefined || value === null || value === undefined) return
    const target = refers.to(field)
    const ids = wanted.get(target) ?? new Set()
    for (const id of refers.ids(value)) ids.add(id)
    wanted.set(target, ids)
  }
  for (const [key, field] of Object.entries(entity.fields)) for (const values of rows) add(field, values[key])
  return wanted
}

async function resolve(ctx: ServerContext, target: string, ids: ReadonlySet<string>): Promise<Readonly<Record<string, string>>> {
  if (target === 'person' || target === 'unit') return ctx.use(Org).names([...ids])
  if (target === 'file') return Object.fromEntries((await ctx.use(Files).info([...ids])).map((file) => [file.id, file.name]))
  const entries = await ctx.use(Dictionary).entries(target.slice('dictionary:'.length), { withDisabled: true })
  return Object.fromEntries(entries.filter(({ code }) => ids.has(code)).map(({ code, label }) => [code, label]))
}

/** Names of everything the values of a whole page point to, with one query for each kind of thing. `more` are ids of people and units besides. */
export async function labelsOf(ctx: ServerContext, entity: Entity, rows: readonly Values[], more: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const wanted = collect(entity, rows)
  wanted.set('person', new Set([...(wanted.get('person') ?? []), ...more]))
  const parts = await Promise.all([...wanted].filter(([, ids]) => ids.size > 0).map(([target, ids]) => resolve(ctx, target, ids)))
  return Object.assign({}, ...parts) as Record<string, string>
}
