import { errors } from '#kit/words.ts'

export const leaveErrors = errors({
  'leave.balance.short': { status: 409, text: '{year} 年可休 {available} 天，不足 {days} 天；请调整天数，或请人事核对假期余额' },
  'leave.balance.step': { status: 422, text: '天数须以半天为单位且大于零' },
  'leave.balance.reason': { status: 422, text: '调整假期余额须填写理由' },
  'leave.balance.give-back': { status: 409, text: '该次请假已用 {used} 天，不能退回 {days} 天' },
  'leave.approval.none': { status: 409, text: '审批规则没有覆盖这种情形，请管理员在请销假设置中补充' },
})
