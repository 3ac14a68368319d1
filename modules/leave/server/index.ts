import type { ModuleServer } from '#platform/registry/server/module-server.ts'
import { assignChain } from './chain.ts'
import { checkRequest } from './check.ts'
import { computeContinuedBy, computeDays } from './days.ts'
import { abortLeave, grantLeave, settleLeave, shareRequest } from './effects.ts'
import { handlers } from './handlers.ts'
import { remindUnreported } from './overdue.ts'

export const server: ModuleServer = {
  compute: { 'leave.days': computeDays, 'leave.continuedBy': computeContinuedBy },
  check: { leave_request: checkRequest },
  assign: { 'leave.chain': assignChain },
  effects: { 'leave.grant': grantLeave, 'leave.settle': settleLeave, 'leave.abort': abortLeave },
  share: { leave_request: shareRequest },
  handlers,
  jobs: [{ name: 'leave.unreported', cron: '30 8 * * 1-5', run: remindUnreported }],
}
