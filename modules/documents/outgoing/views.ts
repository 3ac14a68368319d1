import { and, where } from '#kit/where.ts'
import { views } from '#kit/views.ts'
import { OutgoingDocument } from './model.ts'

export const outgoingViews = views(OutgoingDocument, {
  list: {
    columns: ['subject', 'number', 'docType', 'urgency', 'state', 'unit', 'createdBy', 'signedOn', 'updatedAt'],
    filter: ['state', 'docType', 'urgency', 'number', 'createdBy', 'unit', 'signedOn', 'issuedOn', 'disclosure'],
    sort: '-createdAt',
    saved: {
      待我签发: and(where('state', '=', 'signing'), where('signer', '=', 'me')),
      待核稿: where('state', '=', 'revising'),
      待登记: where('state', '=', 'numbering'),
      待分发: where('state', '=', 'proofing'),
      待审核: where('state', '=', 'reviewing'),
      我起草的: where('createdBy', '=', 'me'),
      在办: where('state', 'in', ['reviewing', 'revising', 'cosigning', 'legal', 'signing', 'numbering', 'proofing']),
      已印发: where('state', 'in', ['issued', 'archived']),
      待归档: where('state', '=', 'issued'),
      草稿: where('state', '=', 'draft'),
    },
    savedFor: { 待我签发: 'sign', 待归档: 'number', 待核稿: 'revise', 待登记: 'number', 待分发: 'number', 待审核: 'review' },
  },
  form: [
    ['subject'], ['docType', 'direction', 'format'], ['urgency', 'secrecy'], ['disclosure', 'disclosureReason'], ['addressees'], ['recipients'], ['body'], ['attachments'], ['copies'], ['copyTo'],
    ['cosigners', 'normative'], ['signer', 'note'], ['contactName', 'contactPhone'], ['code', 'serial', 'printCopies'], ['signedOn', 'issuedOn'], ['pdf', 'sheet'], ['retention', 'archiveNumber', 'archivedOn'], ['archive'],
  ],
  phone: { title: 'subject', lines: ['docType', 'number', 'updatedAt'], badge: 'state' },
})
