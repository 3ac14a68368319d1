import type { Database } from './database.ts'

/** Serialization failure, deadlock, and a prepared statement whose table has changed. */
const RETRIABLE = new Set(['40001', '40P01', '0A000'])
const ATTEMPTS = 4

const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** Whether PostgreSQL asks for the whole transaction to be run again. */
export const isRetriable = (error: unknown): boolean => RETRIABLE.has(codeOf(error) ?? '')

/**
 * Runs `work` in one transaction, again from the start when PostgreSQL asks for it, so `work` must do
 * nothing outside the transaction that may not be repeated.
 */
export async function inTransaction<T>(db: Database, work: (tx: Database) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      if (attempt >= ATTEMPTS || !isRetriable(error)) throw error
    }
  }
}

const violates = (code: string) => (error: unknown, constraint?: string): boolean =>
  codeOf(error) === code && (constraint === undefined || (error as { constraint?: string }).constraint === constraint)

export const isUniqueViolation = violates('23505')
export const isForeignKeyViolation = violates('23503')
