import type { Database } from '#platform/db/server/database.ts'
import { makePartitions as make } from '#platform/db/server/partitions.ts'

/** Makes the partitions of the audit log for this month and the next ones. Within a transaction. */
export const makePartitions = (db: Database, now: Date): Promise<void> => make(db, 'audit_entry', now)
