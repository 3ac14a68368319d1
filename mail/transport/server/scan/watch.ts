import { sql } from 'kysely'
import { fill } from '#kit/words.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { tellOperators } from '../../../listeners/server/operators.ts'
import { scannerWords } from '../../words.ts'
import { checkScanners, scannerStates } from './state.ts'

/** A scanner that takes up new signatures or is started again may miss one look. */
const MISSES = 3

/** Looks at the scanners, every minute; who runs the system is told once of one that stays away. */
export async function watchScanners(ctx: ServerContext): Promise<void> {
  await checkScanners(ctx)
  const { rows } = await sql<{ id: string; misses: number }>`update mail_scanner set misses = case when connected then 0 else misses + 1 end returning id, misses`.execute(ctx.db())
  const away = new Set(rows.filter(({ misses }) => misses === MISSES).map(({ id }) => id))
  for (const { id, state, address, lastError } of away.size === 0 ? [] : await scannerStates(ctx)) {
    if (away.has(id) && state === 'down') await tellOperators(ctx, { title: scannerWords[id], text: fill(scannerWords.text, { address, reason: lastError?.text ?? '' }) })
  }
}
