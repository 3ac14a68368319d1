import { where } from '#kit/where.ts'
import { views } from '#kit/views.ts'
import { IncomingDocument } from './model.ts'

export const incomingViews = views(IncomingDocument, {
  list: {
    columns: ['number', 'subject', 'sender', 'senderNumber', 'urgency', 'state', 'dueOn', 'kind', 'receivedAt'],
    filter: ['state', 'urgency', 'kind', 'docType', 'category', 'sender', 'senderNumber', 'receivedAt', 'dueOn', 'finishedAt'],
    sort: '-createdAt',
    saved: {
      在办: where('state', 'in', ['received', 'signed', 'registered', 'instructing', 'handling', 'circulating', 'finishing']),
      待签收: where('state', '=', 'received'),
      办件: where('kind', '=', 'handle'),
      阅件: where('kind', '=', 'read'),
      已办结: where('state', '=', 'done'),
      已退回: where('state', '=', 'returned'),
    },
  },
  form: [
    ['subject'], ['sender', 'senderNumber'], ['docType', 'category'], ['urgency', 'secrecy'], ['issuedOn', 'receivedAt', 'copies'], ['main', 'attachments'],
    ['kind', 'dueOn'], ['proposal'], ['leaders'], ['readers', 'readingOrder'], ['lead', 'assist'], ['result'], ['finishedAt', 'sheet'],
  ],
  phone: { title: 'subject', lines: ['sender', 'senderNumber', 'receivedAt'], badge: 'state' },
})
