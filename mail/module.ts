import { module } from '#kit/module.ts'
import { mailAccess } from './access.ts'
import { mailEndpoints } from './api.ts'

export const definition = module({
  id: 'mail',
  title: '邮件',
  icon: 'mail',
  group: 'office',
  order: 5,
  access: mailAccess,
  endpoints: mailEndpoints,
  pages: [{ name: 'home', title: '邮件', permission: 'mail.use', on: 'both' }],
})
