import { where } from '#kit/where.ts'
import { views } from '#kit/views.ts'
import { OutgoingDocument } from './model.ts'

export const outgoingViews = views(OutgoingDocument, {
  list: {
    columns: ['subject', 'number', 'docType', 'urgency', 'state', 'unit', 'createdBy', 'signedOn', 'updatedAt'],
    filter: ['state', 'docType', 'urgency', 'number', 'createdBy', 'unit', 'signedOn', 'issuedOn', 'disclosure'],
    sort: '-createdAt',
    saved: {
      我起草的: where('createdBy', '=', 'me'),
      在办: where('state', 'in', ['reviewing', 'revising', 'cosigning', 'legal', 'signing', 'numbering', 'proofing']),
      已印发: where('state', '=', 'issued'),
      草稿: where('state', '=', 'draft'),
    },
  },
  form: [
    ['subject'], ['docType', 'direction', 'format'], ['urgency', 'secrecy'], ['disclosure', 'disclosureReason'], ['addressees'], ['recipients'], ['body'], ['attachments'], ['copies'], ['copyTo'],
    ['cosigners', 'normative'], ['signer', 'note'], ['contactName', 'contactPhone'], ['code', 'serial', 'printCopies'], ['signedOn', 'issuedOn'], ['pdf', 'sheet'],
  ],
  phone: { title: 'subject', lines: ['docType', 'number', 'updatedAt'], badge: 'state' },
})
