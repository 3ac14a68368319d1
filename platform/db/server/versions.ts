import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Database } from './database.ts'

/** What processes keep in memory. `rights`: posts, units and role grants, from which an actor and her permissions are made. */
export type VersionTopic = 'rights'

/** Sub-query of the current version, as text: put into a query that runs anyway, it tells whether what is kept in memory still holds. */
export const versionOf = (topic: VersionTopic): RawBuilder<string> => sql<string>`(select version::text from db_version where topic = ${topic})`

/** Declares a fact changed; others see the new version together with the change, when the transaction commits. */
export async function raiseVersion(db: Database, topic: VersionTopic): Promise<void> {
  await sql`update db_version set version = version + 1 where topic = ${topic}`.execute(db)
}
