import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { dbErrors } from '#platform/db/words.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { httpErrors } from '../words.ts'

/** Nobody repeats a command after three days. */
async function removeOldAnswers(ctx: ServerContext): Promise<void> {
  await sql`delete from http_idempotency where created_at < ${ctx.now}::timestamptz - interval '3 days'`.execute(ctx.db())
}

export const service: PlatformService = {
  id: 'http',
  errors: { ...dbErrors, ...httpErrors },
  jobs: [{ name: 'http.clean', cron: '30 2 * * *', run: removeOldAnswers }],
}
