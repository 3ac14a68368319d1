import { access } from '#kit/access.ts'

export const auditAccess = access({ read: { auditor: 'district' } })
