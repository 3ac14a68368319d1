import { service as mailAccounts } from '#mail/accounts/server/index.ts'
import { service as mailDisplay } from '#mail/display/server/index.ts'
import { service as mailListeners } from '#mail/listeners/server/index.ts'
import { service as mail } from '#mail/store/server/index.ts'
import { service as mailTransport } from '#mail/transport/server/index.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { service as access } from '#platform/access/server/index.ts'
import { service as audit } from '#platform/audit/server/index.ts'
import { service as calendar } from '#platform/calendar/server/index.ts'
import { service as dictionary } from '#platform/dictionary/server/index.ts'
import { service as events } from '#platform/events/server/index.ts'
import { service as files } from '#platform/files/server/index.ts'
import { service as http } from '#platform/http/server/index.ts'
import { service as identity } from '#platform/identity/server/index.ts'
import { service as jobs } from '#platform/jobs/server/index.ts'
import { service as monitor } from '#platform/monitor/server/index.ts'
import { service as notify } from '#platform/notify/server/index.ts'
import { service as numbering } from '#platform/numbering/server/index.ts'
import { service as org } from '#platform/org/server/index.ts'
import { service as records } from '#platform/records/server/index.ts'
import { service as registry } from '#platform/registry/server/index.ts'
import { service as search } from '#platform/search/server/index.ts'
import { service as todo } from '#platform/todo/server/index.ts'
import { service as workflow } from '#platform/workflow/server/index.ts'

/** The platform's services in the order in which they start; they stop in reverse. */
export const services: readonly PlatformService[] = [
  http, monitor, org, identity, access, audit, calendar, dictionary, numbering, files, search, notify, todo, records, workflow, registry, mail, mailAccounts, mailDisplay, mailTransport, mailListeners, events, jobs,
]
