/** Acts on a case besides those of a task, with what each will do; some need a reason, which the way of the case keeps. */
export const CASE_ACTS = {
  urge: { label: '催办', asks: '将提醒当前办理人尽快办理。', danger: false, reason: false },
  withdraw: { label: '撤回', asks: '撤回后回到您这里，可修改后重新提交；下一步办理人的待办将取消。', danger: true, reason: false },
  revoke: { label: '撤销', asks: '撤销后全部在办事项取消，流程回到您这里，可修改后重新提交或作废。', danger: true, reason: true },
  rollback: { label: '回滚', asks: '取消流程的上一步操作，待办恢复到操作之前；表单中已保存的内容不变。', danger: true, reason: true },
  reopen: { label: '唤醒', asks: '流程从所选环节继续，由原办理人办理；其他并行分支的结果保留。', danger: false, reason: true },
  suspend: { label: '挂起', asks: '挂起后任何人不能办理，时限停止计算，恢复后顺延。', danger: false, reason: true },
  resume: { label: '恢复', asks: '恢复后继续办理，时限按挂起的时间顺延。', danger: false, reason: false },
  void: { label: '作废', asks: '作废后流程结束，所有未办的任务都将取消，不能恢复。', danger: true, reason: true },
  terminate: { label: '终止', asks: '终止后流程结束，所有未办的任务都将取消，不能恢复。', danger: true, reason: true },
} as const

export type CaseAct = keyof typeof CASE_ACTS
export const isCaseAct = (act: string): act is CaseAct => Object.hasOwn(CASE_ACTS, act)
