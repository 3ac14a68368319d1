import { provide } from '#platform/registry/server/service.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { Notify } from '../contract.ts'
import { notifyErrors } from '../words.ts'
import { messages } from './messages.ts'
import { noticeRoutes, notifyService, removeOldNotices } from './notices.ts'
import { eventDescriptions, eventStreams, hubOf } from './plugin.ts'

export const service: PlatformService = {
  id: 'notify',
  errors: notifyErrors,
  provides: [provide(Notify, notifyService)],
  deferred: [messages],
  routes: noticeRoutes,
  plugin: eventStreams,
  described: eventDescriptions,
  gauges: async (runtime) => ({ chengming_streams: hubOf(runtime)?.size ?? 0 }),
  jobs: [{ name: 'notify.clean', cron: '40 2 * * *', run: removeOldNotices }],
}
