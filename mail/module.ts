import { module } from '#kit/module.ts'
import { mailAccess } from './access.ts'
import { adminEndpoints } from './admin-api.ts'
import { mailEndpoints } from './api.ts'
import { migrationEndpoints } from './migration-api.ts'
import { rulesEndpoints } from './rules-api.ts'
import { sharingEndpoints } from './sharing-api.ts'
import { statisticsEndpoints } from './statistics-api.ts'
import { trustEndpoints } from './trust-api.ts'

export const definition = module({
  id: 'mail',
  title: '邮件',
  icon: 'mail',
  group: 'office',
  order: 5,
  access: mailAccess,
  endpoints: [...mailEndpoints, ...rulesEndpoints, ...sharingEndpoints, ...adminEndpoints, ...migrationEndpoints, ...statisticsEndpoints, ...trustEndpoints],
  pages: [{ name: 'home', title: '邮件', permission: 'mail.use', on: 'both' }, { name: 'rules', title: '自动回复与转发', permission: 'mail.use', on: 'both' }, { name: 'clients', title: '邮箱客户端', permission: 'mail.use', on: 'both' }, { name: 'admin', title: '邮件管理', permission: 'mail.manage', on: 'web' }],
})
