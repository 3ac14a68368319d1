import { errors } from '#kit/words.ts'

export const orgErrors = errors({
  'org.unit.missing': { status: 404, text: '找不到该单位或部门，可能已撤销' },
  'org.post.missing': { status: 404, text: '找不到该任职信息，可能已到期' },
  'org.person.missing': { status: 404, text: '找不到该人员' },
  'org.unit.cycle': { status: 422, text: '不能把「{name}」移到其自身或下级部门之下' },
  'org.unit.same-name': { status: 409, text: '上级单位下已有「{name}」，请换一个名称' },
  'org.unit.closed': { status: 409, text: '「{name}」已撤销，不能再变更' },
  'org.unit.not-empty': { status: 409, text: '「{name}」下还有 {units} 个下级部门、{posts} 个任职，请先转移后再撤销，或指定承接单位' },
  'org.role.separated': { status: 409, text: '系统管理员、安全管理员、审计员须由不同人员担任，且不得兼有业务角色' },
})
