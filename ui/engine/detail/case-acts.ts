/** Acts of the initiator on a running case, with what each will do. */
export const CASE_ACTS = {
  urge: { label: '催办', asks: '将提醒当前办理人尽快办理。', danger: false },
  withdraw: { label: '撤回', asks: '撤回后回到您这里，可修改后重新提交；下一步办理人的待办将取消。', danger: true },
  terminate: { label: '终止', asks: '终止后流程结束，所有未办的任务都将取消，不能恢复。', danger: true },
} as const

export type CaseAct = keyof typeof CASE_ACTS
export const isCaseAct = (act: string): act is CaseAct => Object.hasOwn(CASE_ACTS, act)
