import { module } from '#kit/module.ts'
import { rosterAccess } from './access.ts'
import { rosterEndpoints } from './api.ts'
import { rosterErrors } from './words.ts'

export const definition = module({
  id: 'roster',
  title: '机构人员导入',
  icon: 'team',
  group: 'administration',
  order: 900,
  access: rosterAccess,
  endpoints: rosterEndpoints,
  errors: rosterErrors,
  pages: [{ name: 'home', title: '机构人员导入', permission: 'roster.import', on: 'web' }],
  mobile: false,
})
