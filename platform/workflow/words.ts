/** Texts of the workflow platform; the key is the error code. Placeholders are filled from the error's details. */
export const workflowWords = {
  'workflow.task.done': '已由 {name} 于 {time} 办理，无需重复办理',
  'workflow.task.closed': '该事项已不在办理中（{reason}），请刷新后查看',
  'workflow.task.stale': '该事项已由 {name} 于 {time} 更新，请刷新后再办理',
  'workflow.task.notYours': '该事项不由您办理，当前办理人为 {name}',
  'workflow.task.notOpen': '该事项尚未轮到您办理',
  'workflow.task.unknown': '未找到该事项，可能已被取消，请刷新',
  'workflow.outcome.unknown': '“{node}”环节没有“{outcome}”这一办理结果',
  'workflow.operation.notAllowed': '“{node}”环节未开放此操作',
  'workflow.return.target': '不能从“{from}”退回到“{to}”，请重新选择退回环节',
  'workflow.return.none': '没有可以退回的环节',
  'workflow.withdraw.acted': '{name} 已于 {time} 办理，不能撤回',
  'workflow.withdraw.joined': '并行分支已经汇合，不能撤回，请由后续环节退回',
  'workflow.withdraw.sealed': '后续事项已自动办结，不能撤回',
  'workflow.withdraw.notYours': '只能撤回本人提交的事项',
  'workflow.withdraw.nothing': '没有可以撤回的事项',
  'workflow.add.duplicate': '{name} 已在办理人员中，无需重复添加',
  'workflow.add.nobody': '请至少选择一名人员',
  'workflow.remove.done': '{name} 已办理，不能减去',
  'workflow.remove.last': '至少保留一名办理人',
  'workflow.remove.notYours': '只能减去由您加签的人员',
  'workflow.claim.taken': '已由 {name} 签收办理',
  'workflow.claim.notShared': '该事项只有一名办理人，无需签收',
  'workflow.agency.none': '该事项现不由他人代办，无需收回',
  'workflow.read.turn': '传阅按顺序进行，尚未轮到您',
  'workflow.read.opinion': '请填写参阅意见后再确认已阅',
  'workflow.read.levels': '已转阅 {max} 层，不能再转阅',
  'workflow.read.unknown': '未找到该阅件，请刷新',
  'workflow.assignee.none': '“{node}”环节未找到办理人，请联系管理员或调整办理规则',
  'workflow.case.running': '该流程已经启动',
  'workflow.case.ended': '该流程已办结，不能再办理',
  'workflow.case.suspended': '该流程已挂起，恢复后方可办理',
  'workflow.case.notSuspended': '该流程未挂起',
  'workflow.case.notStarted': '该流程尚未启动',
  'workflow.case.version': '该流程使用的是另一版本的流程定义',
  'workflow.jump.target': '不能跳转到“{to}”环节',
  'workflow.rollback.none': '没有可以回滚的操作：上一步已触发自动处理，或已经回滚',
  'workflow.reopen.target': '不能从“{to}”环节唤醒，请选择已办理过且允许唤醒的环节',
  'workflow.case.initiator': '只有发起人可以进行此操作',
  'workflow.revoke.begun': '流程已在发起人处，无需撤销',
  'workflow.consult.question': '请写明要沟通的问题',
  'workflow.free.name': '请填写增加环节的名称，不超过 30 个字',
  'workflow.free.place': '“{node}”环节之后的走向取决于多个条件，不能在此增加环节',
  'workflow.free.many': '本件增加的环节已达 {max} 个，不能再增加',
  'workflow.free.skip': '不能跳过“{node}”环节：只能跳过尚未到达的后续环节',
  'workflow.wait.noTime': '“{node}”环节缺少等待时间“{field}”，请补充后再提交',
  'workflow.reason.required': '请填写理由，理由将记入办理过程',
  'workflow.timer.unknown': '未找到该定时任务，可能已经执行，请刷新',
  'workflow.timer.early': '尚未到计划时间',
  'workflow.token.unknown': '流程当前不在此环节，请刷新',
  'workflow.choice.none': '“{node}”的各分支条件均不满足，请检查表单内容或联系管理员',
  'workflow.loop': '流程在“{node}”附近自动循环，已停止，请联系管理员检查流程定义',
  'workflow.directory.unanswered': '正在查找办理人，请稍候',
  'workflow.definition.invalid': '流程定义有误：{message}',
  'workflow.loop.items': '“{node}”环节的多次办理范围“{field}”不是列表或次数，或超过 1000 项',
  'workflow.error.uncaught': '“{node}”环节出错（{name}），流程中没有相应的处理',
  'workflow.event.gone': '流程当前不等待该事件，请刷新',
  'workflow.start.unknown': '流程没有这一开始事件',
  'workflow.step.gone': '流程现在的版本没有“{node}”环节，不能再操作',
  'workflow.migrate.version': '未找到所选的流程版本，请刷新后重新选择',
  'workflow.statistics.period': '开始日期不能晚于结束日期，请重新选择统计期间',
  'workflow.migrate.gone': '新版本没有“{node}”，请为它选择去处',
  'workflow.migrate.kind': '“{node}”与新版本的“{to}”不是同一类环节，请另选去处',
  'workflow.migrate.visit': '“{node}”正在退回后直送途中，办完后再迁移',
  'workflow.migrate.outcome': '“{node}”中 {name} 已给出的办理结果在新版本中没有',
  'workflow.migrate.crowded': '“{node}”的几个在办分支在新版本中并成了一个',
  'workflow.migrate.left': '“{node}”在新版本中移到了另一段并行分支，不能带着其他在办分支迁移',
  'workflow.migrate.region': '新版本没有“{node}”这一段并行，其中还有 {count} 个分支在办',
  'workflow.bpmn.invalid': '无法读取该 BPMN 模型：{message}',
  'workflow.bpmn.large': 'BPMN 模型不能超过 {megabytes} MB',
} as const

export type WorkflowCode = keyof typeof workflowWords

/** Why a task is no longer open; fills {reason} of `workflow.task.closed`. */
export const closedReasons = {
  returned: '已退回', withdrawn: '已撤回', cancelled: '已取消', removed: '已减签', 'handed-over': '已转办', ended: '流程已办结',
} as const

/** Evidence kept when the core itself found a person. */
export const evidenceWords = {
  initiator: '流程发起人', doer: '“{node}”环节的办理人', chosen: '由 {name} 选定', again: '此前由本人办理', nobody: '未找到办理人，转由发起人办理',
  random: '从多人中随机选定', 'least-loaded': '在办事项最少', rotating: '按次序轮到',
  nobodyManager: '未找到办理人，转由流程管理员办理', insteadOfInitiator: '办理人即发起人，改由{evidence}办理', previous: '上一环节的办理人',
  added: '由 {name} 加签', consulted: '{name} 沟通：{question}', handedOver: '由 {name} 转办', delegated: '由 {name} 委派',
} as const

/** What the chain of escalation says. */
export const escalationWords = {
  tell: '{name}办理的“{step}”已超期，请{to}督促', copy: '{name}办理的“{step}”已超期，抄送{to}', give: '{name}办理的“{step}”已超期，转由{to}办理', nobody: '{name}办理的“{step}”已超期，未找到上级',
  evidence: '{name}超期未办，升级至{evidence}', reason: '超期未办', taken: '超期未办，已转由上级办理',
} as const

export const timeoutWords = { move: '超期自动转到本环节' } as const

/** Why somebody stands in for another. */
export const agencyWords = { direct: '{principal}委托{delegate}代办', chain: '{principal}委托{through}代办，{through}现委托{delegate}代办' } as const

/** Conditions as people say them. */
export const operatorWords = {
  '=': '等于', '!=': '不等于', '<': '小于', '<=': '不超过', '>': '大于', '>=': '不少于', in: '属于', 'not-in': '不属于', contains: '包含', overlaps: '时间重叠', empty: '为空', filled: '已填写',
} as const

export const outcomeWords: Readonly<Record<string, string>> = { approve: '同意', reject: '不同意', next: '已办' }

export const unitWords = { minutes: '分钟', hours: '小时', workhours: '个工作小时', days: '天', months: '个月', workdays: '个工作日' } as const

/** What would be different for a finished case under another version. */
export const replayWords = {
  added: '增加“{step}”，由{people}办理', removed: '不再经过“{step}”（原由{people}办理）', people: '“{step}”由{from}改为{to}（依据：{why}）', limit: '“{step}”的时限由{from}改为{to}', stopped: '走到“{step}”之后停止',
  outcome: '办理结果为“{outcome}”', noLimit: '不限', fieldLimit: '表单中的时间', nobody: '无人',
} as const

/** Fills the {placeholders} of a text. */
export function fill(text: string, values: Readonly<Record<string, unknown>>): string {
  return text.replace(/\{(\w+)\}/gu, (_, name: string) => String(values[name] ?? ''))
}

/** What may differ between two versions of a step. */
export const compareWords = {
  name: '名称', kind: '种类', by: '办理人', decide: '共同办理方式', outcomes: '办理结果', reject: '不同意时', due: '办理时限', remind: '提醒', timeout: '超时处理', nobody: '无人办理时',
  sameAsInitiator: '与发起人相同时', may: '可用操作', form: '表单权限', until: '等待时间', does: '调用的服务', outcome: '办结结果', event: '事件', loop: '多次办理', ways: '去向与条件',
} as const

/** Sheets of 流程运行. */
export const exportWords = {
  title: '在办流程', suspended: '已挂起', waiting: '等待中', late: '已逾期', dead: '定时任务多次失败',
  columns: [['标题', 48], ['流程', 16], ['环节', 20], ['办理人', 24], ['发起人', 12], ['发起单位', 20], ['发起时间', 18], ['停留天数', 10], ['时限', 18], ['逾期', 8], ['需要处理的原因', 40]],
  migration: [['标题', 48], ['结果', 12], ['变化或原因', 80]],
} as const

export const migrationWords = { report: '迁移报告', tryReport: '试迁移报告', able: '可迁移', carried: '已迁移', refused: '不能迁移' } as const

/** Places of findings that have no name of their own. */
export const placeWords = { whole: '整个流程', unnamed: '未命名' } as const

/** Why a case needs whoever manages it. */
export const stuckWords = {
  effect: '调用服务出错，正在自动重试。{error}', unit: '{label}“{name}”', unknownUnit: '已删除的单位', dissolved: '。表单中的{units}已撤销，请改填现有单位，或调整环节、移交办理人',
  left: '“{step}”的办理人均已不在岗，请移交给在岗人员', still: '流程停在汇合处，没有任何在办环节，请回滚上一步或终止', timer: '多次失败，已停止自动重试。{error}',
} as const
