import { access } from '#kit/access.ts'

export const rosterAccess = access({
  /** System administrators bring in the whole district, a department's administrator her own organisation. */
  import: { 'system-admin': 'district', 'department-admin': 'organisation' },
})
