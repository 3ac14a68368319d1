import { where } from '#kit/where.ts'
import { views } from '#kit/views.ts'
import { LeaveRequest } from './model.ts'

export const leaveViews = views(LeaveRequest, {
  list: {
    columns: ['number', 'applicant', 'unit', 'kind', 'period', 'days', 'state'],
    filter: ['kind', 'state', 'period', 'applicant', 'unit'],
    sort: '-createdAt',
    saved: {
      我的: where('applicant', '=', 'me'),
      本周休假: where('period', 'overlaps', 'this-week'),
      待销假: where('state', '=', 'to-report'),
      外出报备: where('kind', '=', 'trip'),
    },
  },
  form: [['applicant', 'kind'], ['period'], ['days', 'continuedBy'], ['birth', 'children'], ['childBirth'], ['hours', 'hoursTotal'], ['place', 'destination'], ['reason'], ['standIn'], ['proof']],
  phone: { title: 'applicant', lines: ['kind', 'period', 'days'], badge: 'state' },
})
