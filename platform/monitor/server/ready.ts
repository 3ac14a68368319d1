import { sql } from 'kysely'
import type { Runtime } from '#platform/registry/server/runtime.ts'

const TIMEOUT_MS = 3000

async function inTime<T>(work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('no answer in time')), TIMEOUT_MS)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** Names of what keeps this process from serving: the database, and services that say so themselves. */
export async function problemsOf(runtime: Runtime): Promise<string[]> {
  const checks: [name: string, check: Promise<unknown>][] = [
    ['db', sql`select 1`.execute(runtime.db)],
    ...runtime.registry.services.flatMap(({ id, ready }): [string, Promise<void>][] => (ready === undefined ? [] : [[id, ready(runtime)]])),
  ]
  const settled = await Promise.allSettled(checks.map(([, check]) => inTime(check)))
  return settled.flatMap((result, index) => {
    if (result.status === 'fulfilled') return []
    const name = checks[index]?.[0] ?? ''
    runtime.log.warn({ err: result.reason as unknown, check: name }, 'not ready')
    return [name]
  })
}
