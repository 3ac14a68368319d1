import type { PlatformService } from '#platform/registry/server/service.ts'
import { closeCounts } from './counters.ts'
import { rollDue } from './roll.ts'

/** Figures of each day, counted every hour. */
export const service: PlatformService = {
  id: 'mail-statistics',
  jobs: [{ name: 'mail-statistics.days', cron: '7 * * * *', run: async (ctx) => void (await rollDue(ctx)) }],
  stop: closeCounts,
}
