import { provide } from '#platform/registry/server/service.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { Workflow } from '../contract.ts'
import { workflowErrors } from '../errors.ts'
import { actOnTask } from './act.ts'
import { refreshCase, terminateCase, wakeCase } from './cases.ts'
import { rightsOf } from './rights.ts'
import { workflowRoutes } from './routes.ts'
import { startCase } from './start.ts'

export const service: PlatformService = {
  id: 'workflow',
  errors: workflowErrors,
  provides: [
    provide(Workflow, (ctx) => ({
      start: (entity, recordId, choices) => startCase(ctx, entity, recordId, choices),
      rights: (caseId) => rightsOf(ctx, caseId),
      async act(taskId, act) {
        await actOnTask(ctx, taskId, act)
      },
      wake: (caseId) => wakeCase(ctx, caseId),
      refresh: (caseId) => refreshCase(ctx, caseId),
      terminate: (caseId, reason) => terminateCase(ctx, caseId, reason),
    })),
  ],
  routes: workflowRoutes,
}
