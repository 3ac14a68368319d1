import { access } from '#kit/access.ts'

export const leaveAccess = access({
  create: { everyone: 'own' },
  view: { everyone: 'own', 'department-head': 'unit-and-below', 'office-head': 'organisation', 'unit-head': 'organisation', personnel: 'organisation', leader: 'district' },
  /** The board 「今天谁在岗」: names and times, never reasons. */
  board: { everyone: 'organisation', leader: 'district' },
  /** Balances of others, adjustments, pay-outs, monthly export. */
  personnel: { personnel: 'organisation' },
  /** The approval table and the kinds of leave. */
  configure: { 'department-admin': 'organisation', personnel: 'organisation' },
})
