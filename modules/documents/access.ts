import { access } from '#kit/access.ts'

export const documentsAccess = access({
  create: { everyone: 'own' },
  view: {
    everyone: 'own', 'department-head': 'unit-and-below', 'office-head': 'organisation', 'unit-head': 'organisation', leader: 'organisation', 'doc-secretary': 'organisation',
    'doc-registrar': 'organisation', 'mail-clerk': 'organisation',
  },
  /** Numbers: choosing, reserving, the register. */
  number: { 'doc-registrar': 'organisation', 'office-head': 'organisation' },
})
