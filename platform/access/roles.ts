import type { RoleId } from '#kit/access.ts'

/** Names of the built-in roles, as officials say them. */
export const ROLE_LABELS: Readonly<Record<RoleId, string>> = {
  everyone: '全体人员', leader: '领导', 'unit-head': '单位主要负责人', 'office-head': '办公室主任', 'department-head': '科室负责人', clerk: '经办人',
  'doc-secretary': '文秘', 'doc-registrar': '收发登记员', 'mail-clerk': '收文员', liaison: '联络员', personnel: '组织人事', 'department-admin': '部门管理员',
  'system-admin': '系统管理员', 'security-admin': '安全管理员', auditor: '安全审计员', ops: '运维工程师',
}

export const roleLabel = (role: string): string => (Object.hasOwn(ROLE_LABELS, role) ? ROLE_LABELS[role as RoleId] : role)
