import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type { Pool, PoolClient } from 'pg'

/** Different statements a process gives a name; each costs memory on every connection that has used it. */
const MOST = 500

/** How a statement begins that reads by keys wherever it stands: one plan is good for all its values. */
export const KEYED = '/* keyed */'

/** PostgreSQL's answer when a table was changed under a prepared statement that reads all its columns. */
const OUTDATED = '0A000'

interface Names {
  readonly byText: Map<string, string>
  given: number
}

function nameOf(names: Names, text: string): string | undefined {
  const known = names.byText.get(text)
  if (known !== undefined || names.byText.size >= MOST) return known
  names.given += 1
  const name = `s${names.given}`
  names.byText.set(text, name)
  return name
}

function preparing(client: PoolClient, names: Names): PostgresPoolClient {
  let inTransaction = false
  async function query(text: string, values: unknown[]): Promise<unknown> {
    if (text === 'begin') inTransaction = true
    else if (text === 'commit' || text === 'rollback') inTransaction = false
    const name = values.length > 0 && (inTransaction || text.startsWith(KEYED)) ? nameOf(names, text) : undefined
    try {
      return await client.query(name === undefined ? { text, values } : { name, text, values })
    } catch (error) {
      if (name !== undefined && (error as { code?: unknown }).code === OUTDATED) names.byText.clear()
      throw error
    }
  }
  return { query: query as PostgresPoolClient['query'], release: () => client.release() }
}

/**
 * A pool whose connections parse and plan each statement of a command only once: commands read and write by keys, so one plan is good for all values.
 * Outside transactions each statement is planned for the values it comes with, as the best plan of a list depends on them, unless it says that it is `KEYED`.
 */
export function preparingPool(pool: Pool): PostgresPool {
  const names: Names = { byText: new Map(), given: 0 }
  const clients = new WeakMap<PoolClient, PostgresPoolClient>()
  return {
    async connect() {
      const client = await pool.connect()
      const known = clients.get(client) ?? preparing(client, names)
      clients.set(client, known)
      return known
    },
    end: () => pool.end(),
  }
}
