import type { ModuleServer } from '#platform/registry/server/module-server.ts'
import { assignChain } from './chain.ts'
import { checkRequest } from './check.ts'
import { computeContinuedBy, computeDays, computeHours } from './days.ts'
import { abortLeave, grantLeave, settleLeave, shareRequest } from './effects.ts'
import { handlers } from './handlers.ts'
import { remindUnreported } from './overdue.ts'
import { CLOSE_JOB, closeOne } from './year-end.ts'

export const server: ModuleServer = {
  compute: { 'leave.days': computeDays, 'leave.hours': computeHours, 'leave.continuedBy': computeContinuedBy },
  check: { leave_request: checkRequest },
  assign: { 'leave.chain': assignChain },
  effects: { 'leave.grant': grantLeave, 'leave.settle': settleLeave, 'leave.abort': abortLeave },
  share: { leave_request: shareRequest },
  handlers,
  jobs: [{ name: 'leave.unreported', cron: '30 8 * * 1-5', run: remindUnreported }, { name: CLOSE_JOB, run: closeOne }],
}
