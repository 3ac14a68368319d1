import { Kysely, PostgresDialect } from 'kysely'
import { Pool, types as defaults } from 'pg'
import type { CustomTypesConfig } from 'pg'
import type { Logger } from 'pino'
import { preparingPool } from './prepared.ts'

/** Tables are typed where they are used, by the module that owns them. */
export type Database = Kysely<unknown>

const DATE = 1082
const DATE_ARRAY = 1182

/** Civil dates stay strings: a driver's Date would shift them by the machine's time zone. */
const types: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === DATE ? String : oid === DATE_ARRAY ? parseDates : defaults.getTypeParser(oid, format)) as CustomTypesConfig['getTypeParser'],
}
const parseDates = (text: string): string[] => text.slice(1, -1).split(',').filter((day) => day !== '')

export interface OpenDatabase {
  readonly db: Database
  readonly pool: Pool
  close(): Promise<void>
}

/** @param size most connections of this process */
export function openDatabase(url: string, log: Logger, size = 20): OpenDatabase {
  const pool = new Pool({ connectionString: url, max: size, types, connectionTimeoutMillis: 10_000, idleTimeoutMillis: 60_000, application_name: 'chengming' })
  // The error of a pool brings the whole connection along, with what is needed to cancel its statements.
  const told = ({ message, code }: Error & { readonly code?: string }): object => ({ reason: message, code })
  pool.on('error', (error) => log.warn(told(error), 'idle database connection lost'))
  pool.on('connect', (client) => client.on('error', (error) => log.warn(told(error), 'database connection lost')))
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: preparingPool(pool) }) })
  return { db, pool, close: () => db.destroy() }
}
