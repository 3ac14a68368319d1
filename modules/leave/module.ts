import { module } from '#kit/module.ts'
import { leaveAccess } from './access.ts'
import { leaveEndpoints } from './api.ts'
import { leaveFlow } from './flow.ts'
import { LeaveRequest } from './model.ts'
import { LEAVE_KINDS } from './rules/kinds.ts'
import { leaveViews } from './views.ts'
import { leaveErrors } from './words.ts'

export const definition = module({
  id: 'leave',
  title: '请销假',
  icon: 'leave',
  group: 'affairs',
  order: 30,
  entities: [LeaveRequest],
  views: [leaveViews],
  flows: [leaveFlow],
  access: leaveAccess,
  endpoints: leaveEndpoints,
  dictionaries: [{ name: 'leave.kind', label: '假别', entries: LEAVE_KINDS.map(({ code, label, source, enabled }) => ({ code, label, note: source, disabled: !enabled })) }],
  errors: leaveErrors,
  cards: [{ name: 'my-balance', title: '我的假期余额', place: 'side' }, { name: 'away-today', title: '今天谁在岗', place: 'side' }],
  pages: [
    { name: 'board', title: '今天谁在岗', permission: 'leave.board', on: 'both' },
    { name: 'my-balances', title: '我的假期余额', permission: 'leave.create', on: 'both' },
    { name: 'balances', title: '假期台账', permission: 'leave.personnel', on: 'web' },
    { name: 'approval', title: '审批规则', permission: 'leave.configure', on: 'web' },
  ],
  custom: { [LeaveRequest.name]: { form: 'apply' } },
})
