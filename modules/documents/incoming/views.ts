import { where } from '#kit/where.ts'
import { views } from '#kit/views.ts'
import { IncomingDocument } from './model.ts'

export const incomingViews = views(IncomingDocument, {
  list: {
    columns: ['number', 'subject', 'sender', 'senderNumber', 'urgency', 'receivedAt', 'kind', 'dueOn', 'state'],
    filter: ['state', 'urgency', 'kind', 'docType', 'category', 'sender', 'senderNumber', 'receivedAt', 'dueOn'],
    sort: '-createdAt',
    saved: {
      待签收: where('state', '=', 'received'),
      在办: where('state', 'in', ['signed', 'registered', 'instructing', 'handling', 'circulating', 'finishing']),
      办件: where('kind', '=', 'handle'),
      阅件: where('kind', '=', 'read'),
      已办结: where('state', '=', 'done'),
      已退回: where('state', '=', 'returned'),
    },
  },
  form: [
    ['source', 'urgency', 'secrecy'], ['subject'], ['sender', 'senderNumber'], ['docType', 'category'], ['issuedOn', 'receivedAt', 'copies'], ['main', 'attachments'],
    ['kind', 'dueOn'], ['proposal'], ['leaders', 'readers'], ['lead', 'assist'], ['result'], ['sheet'],
  ],
  phone: { title: 'subject', lines: ['sender', 'senderNumber', 'receivedAt'], badge: 'state' },
})
