import { sql } from 'kysely'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { entityColumns } from './columns.ts'

/** PostgreSQL's full names for the short ones definitions use. */
const FULL: Readonly<Record<string, string>> = { timestamptz: 'timestamp with time zone' }

/** Stops the start when a table differs from its definition: a column missing, of another type, or unknown. */
export async function checkTables(runtime: Runtime): Promise<void> {
  for (const { definition } of runtime.registry.modules) {
    for (const entity of definition.entities) {
      const { rows } = await sql<{ name: string; type: string }>`
        select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
        where attrelid = to_regclass(${entity.name}) and attnum > 0 and not attisdropped`.execute(runtime.db)
      const actual = new Map(rows.map(({ name, type }) => [name, type]))
      const wanted = new Map(Object.entries(entityColumns(entity)).map(([name, type]) => [name, FULL[type] ?? type]))
      const wrong = [...wanted].filter(([name, type]) => actual.get(name) !== type).map(([name, type]) => `${name} should be ${type}, is ${actual.get(name) ?? 'missing'}`)
      const unknown = [...actual.keys()].filter((name) => !wanted.has(name)).map((name) => `${name} is in no definition`)
      const differences = [...wrong, ...unknown]
      if (differences.length > 0) throw new Error(`table ${entity.name} differs from its definition: ${differences.join('; ')}`)
    }
  }
}
