import { access } from '#kit/access.ts'

export const documentsAccess = access({
  create: { everyone: 'own' },
  view: {
    everyone: 'own', 'department-head': 'unit-and-below', 'office-head': 'organisation', 'unit-head': 'organisation', leader: 'organisation', 'doc-secretary': 'organisation',
    'doc-registrar': 'organisation', 'mail-clerk': 'organisation',
  },
  /** Whose work a stage of 发文 is: their list opens with it. */
  review: { 'department-head': 'unit-and-below' },
  revise: { 'doc-secretary': 'organisation', 'office-head': 'organisation' },
  sign: { leader: 'organisation', 'unit-head': 'organisation' },
  /** Registering documents that came on paper. */
  register: { 'mail-clerk': 'organisation', 'doc-registrar': 'organisation' },
  /** Numbers: the next one, choosing, reserving. */
  number: { 'doc-registrar': 'organisation', 'office-head': 'organisation' },
  /** Sending issued documents on, urging and recalling them. */
  distribute: { 'mail-clerk': 'organisation', 'doc-registrar': 'organisation', 'office-head': 'organisation' },
  /** Numbers of the own organisation. */
  statistics: { 'mail-clerk': 'organisation', 'doc-registrar': 'organisation', 'doc-secretary': 'organisation', 'office-head': 'organisation', 'unit-head': 'organisation', leader: 'organisation' },
  /** Time limits and other rules of the organisation. */
  configure: { 'department-admin': 'organisation', 'office-head': 'organisation' },
})
