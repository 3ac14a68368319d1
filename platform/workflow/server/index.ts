import { access } from '#kit/access.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import { provide } from '#platform/registry/server/service.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { Workflow } from '../contract.ts'
import { workflowErrors } from '../errors.ts'
import { actOnTask } from './act.ts'
import { makePartitions } from '#platform/db/server/partitions.ts'
import { caseActsOf } from './case-rights.ts'
import { deliverThrown } from './deliver.ts'
import { refreshCase, wakeCase } from './cases.ts'
import { keepDefinitions } from './definitions.ts'
import { inform, readingsOf, terminate } from './from-outside.ts'
import { archiveCases } from './history/archive.ts'
import { opinionsIn } from './opinions.ts'
import { hiddenIn, hiddenOf, rightsOf } from './rights.ts'
import { modelRoutes } from './models/routes.ts'
import { keepModels } from './models/sync.ts'
import { rescheduleCases } from './reschedule.ts'
import { DELEGATION_CHANGED, followChange, followDelegations } from './delegations/follow.ts'
import { delegationRoutes } from './delegations/routes.ts'
import { pictureIn } from './signatures/read.ts'
import { signatureRoutes } from './signatures/routes.ts'
import { workflowRoutes } from './routes.ts'
import { STARTED_BY_EVENT, startByEvent } from './starts/occur.ts'
import { fireStarts } from './starts/timers.ts'
import { startFor } from './start.ts'
import { keepOwners } from './manage/owners.ts'
import { messageRoutes } from './messages/routes.ts'
import { migrationRoutes } from './migration/routes.ts'
import { simulationRoutes } from './simulation/routes.ts'
import { keepMonths } from './statistics/months.ts'
import { statisticsRoutes } from './statistics/routes.ts'
import { manageRoutes } from './manage/routes.ts'
import { deadTimers, fireTimers } from './timers.ts'

/** The log, by month. */
const EVENTS = 'workflow_event'

export const service: PlatformService = {
  id: 'workflow',
  errors: workflowErrors,
  /** `manage`: 挂起、恢复、跳转、终止 of others' cases in one's organisation; `publish`: models of flows, which hold for the whole district; `message`: events of other systems. */
  access: access({ manage: { 'department-admin': 'organisation' }, publish: { 'system-admin': 'district' }, message: { 'system-admin': 'district' } }),
  provides: [
    provide(Workflow, (ctx) => ({
      start: (entity, recordId, choices, options) => startFor(ctx, entity, recordId, choices, options),
      rights: (caseId) => rightsOf(ctx, caseId),
      caseActs: (caseId) => caseActsOf(ctx, caseId),
      hidden: (caseIds) => hiddenOf(ctx, caseIds),
      hiddenIn: (entity) => hiddenIn(ctx, entity),
      async act(taskId, act) {
        await actOnTask(ctx, taskId, act)
      },
      wake: (caseId) => wakeCase(ctx, caseId),
      refresh: (caseId) => refreshCase(ctx, caseId),
      inform: (caseId, postIds, note) => inform(ctx, caseId, postIds, note),
      opinions: (caseId, options) => opinionsIn(ctx, caseId, options),
      readings: (caseIds) => readingsOf(ctx, caseIds),
      signature: (caseId, signatureId) => pictureIn(ctx, caseId, signatureId),
      terminate: (caseId, reason) => terminate(ctx, caseId, reason),
    })),
  ],
  sync: async (runtime) => {
    await runtime.command(null, (ctx) => makePartitions(ctx.db(), EVENTS, ctx.now))
    await keepDefinitions(runtime)
    await keepModels(runtime)
    await keepOwners(runtime)
  },
  listeners: { 'calendar.changed': rescheduleCases, 'workflow.thrown': deliverThrown, [STARTED_BY_EVENT]: startByEvent, [DELEGATION_CHANGED]: followChange },
  routes: [...workflowRoutes, ...manageRoutes, ...migrationRoutes, ...statisticsRoutes, ...simulationRoutes, ...modelRoutes, ...delegationRoutes, ...signatureRoutes, ...messageRoutes],
  jobs: [
    { name: 'workflow.timers', cron: '* * * * *', run: async (ctx) => void (await fireTimers(runtimeOf(ctx))) },
    { name: 'workflow.starts', cron: '* * * * *', run: async (ctx) => void (await fireStarts(runtimeOf(ctx))) },
    { name: 'workflow.archive', cron: '15 * * * *', run: async (ctx) => void (await archiveCases(runtimeOf(ctx))) },
    { name: 'workflow.statistics', cron: '40 2 * * *', run: keepMonths },
    { name: 'workflow.partitions', cron: '25 2 * * *', run: (ctx) => makePartitions(ctx.db(), EVENTS, ctx.now) },
    { name: 'workflow.delegations', cron: '* * * * *', run: async (ctx) => void (await followDelegations(runtimeOf(ctx))) },
  ],
  gauges: async (runtime) => ({ chengming_workflow_timers_dead: await deadTimers(runtime) }),
}
