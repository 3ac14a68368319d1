import { errors } from '#kit/words.ts'
import type { ErrorWords } from '#kit/words.ts'
import { workflowWords } from './words.ts'

const STATUS: Readonly<Record<string, number>> = {
  'workflow.task.unknown': 404, 'workflow.read.unknown': 404, 'workflow.task.notYours': 403, 'workflow.operation.notAllowed': 403, 'workflow.withdraw.notYours': 403,
  'workflow.assignee.none': 422, 'workflow.return.target': 422, 'workflow.outcome.unknown': 422, 'workflow.add.nobody': 422, 'workflow.wait.noTime': 422,
  'workflow.choice.none': 422, 'workflow.reopen.target': 422, 'workflow.read.opinion': 422, 'workflow.consult.question': 422, 'workflow.free.name': 422, 'workflow.free.place': 422, 'workflow.free.many': 422, 'workflow.free.skip': 422, 'workflow.case.initiator': 403, 'workflow.reason.required': 422, 'workflow.timer.unknown': 404, 'workflow.definition.invalid': 422, 'workflow.bpmn.invalid': 422, 'workflow.bpmn.large': 413,
}

/** Refusals of the core, with the HTTP status that fits each; most mean that somebody was faster. */
const fromCore: ErrorWords = Object.fromEntries(Object.entries(workflowWords).map(([code, text]) => [code, { status: STATUS[code] ?? 409, text }]))

export const workflowErrors = errors({
  ...fromCore,
  'workflow.person.unknown': { status: 422, text: '所选人员已不在该岗位，请重新选择' },
  'workflow.jump.several': { status: 422, text: '该流程有几处同时在办，请选择要调整的是哪一处' },
  'workflow.effect.failed': { status: 503, text: '“{node}”调用的服务没有完成，本次操作未生效。原因已通知流程管理员，请稍后再试一次' },
  'workflow.start.nobody': { status: 422, text: '自动启动“{node}”的发起人已不在岗，请在流程模型中改为现任人员或岗位' },
  'workflow.migrate.taken': { status: 409, text: '该迁移编号已用于另一次迁移，请刷新页面后重新迁移' },
  'workflow.message.unheard': { status: 404, text: '没有事项在等待消息“{name}”{key}，也没有流程由它启动；请核对消息名称与关联值，或在事项到达等待环节后重新发送' },
  'workflow.operation.unknown': { status: 400, text: '没有「{operation}」这一操作' },
  'workflow.form.required': { status: 422, text: '请先填写{labels}并保存，再提交办理' },
  'workflow.opinion.long': { status: 422, text: '意见不能超过 {max} 个字' },
  'workflow.opinion.required': { status: 422, text: '请填写意见，说明理由' },
  'workflow.model.missing': { status: 404, text: '未找到该流程模型或版本，请刷新' },
  'workflow.model.broken': { status: 422, text: '该版本有错误，不能执行；请按检查结果修改后重新上传' },
  'workflow.model.errors': { status: 422, text: '模型有 {count} 处错误，不能发布。{first}' },
  'workflow.model.warnings': { status: 409, text: '模型现有 {count} 条提醒，请逐条查看并确认后再发布' },
  'workflow.model.published': { status: 409, text: '该版本已在使用中，无需重复发布' },
  'workflow.model.own': { status: 409, text: '现在使用的就是系统自带的流程，不能停用' },
  'workflow.model.kept': { status: 409, text: '只有未发布过的上传草稿可以删除，发布过的版本永久保留' },
  'workflow.delegation.missing': { status: 404, text: '找不到该委托，请刷新' },
  'workflow.delegation.over': { status: 409, text: '该委托已经结束，无需收回' },
  'workflow.delegation.order': { status: 422, text: '委托的结束时间须晚于开始时间' },
  'workflow.delegation.past': { status: 422, text: '委托的结束时间已过，请重新选择' },
  'workflow.delegation.long': { status: 422, text: '一次委托最长 {days} 天，请分次设置' },
  'workflow.delegation.self': { status: 422, text: '不能委托给本人，请另选受托人' },
  'workflow.delegation.outside': { status: 422, text: '只能委托本单位人员代办，请另选受托人' },
  'workflow.delegation.processes': { status: 422, text: '请选择要委托的流程' },
  'workflow.delegation.process-unknown': { status: 422, text: '所选流程不存在，请刷新后重选' },
  'workflow.delegation.post': { status: 422, text: '请选择委托人现任的岗位' },
  'workflow.delegation.twice': { status: 409, text: '该时段已委托 {name} 代办（至{day}），请先收回或错开时间' },
  'workflow.delegation.circle': { status: 409, text: '{name} 在该时段也把工作委托了出去并会回到委托人，互相委托将无人代办，请另选受托人' },
  'workflow.export.large': { status: 422, text: '符合条件的在办流程超过 {most} 件，请缩小筛选范围后再导出' },
  'workflow.duty.outside': { status: 422, text: '值班人员须为本单位在岗人员，请重新选择' },
  'workflow.signature.type': { status: 422, text: '签名图片须为 PNG 格式，请另选文件' },
  'workflow.signature.bytes': { status: 422, text: '签名图片不能超过 {kilobytes} KB，请缩小后再上传' },
  'workflow.signature.size': { status: 422, text: '签名图片宽 {minWidth}—{maxWidth}、高 {minHeight}—{maxHeight} 像素，请调整后再上传' },
  'workflow.signature.opaque': { status: 422, text: '签名图片须为透明背景，请去除底色后再上传，或直接手写' },
  'workflow.signature.broken': { status: 422, text: '签名图片已损坏或无法识别，请另选文件' },
  'workflow.signature.none': { status: 404, text: '没有登记的签名，请先在个人设置中登记' },
  'workflow.signature.altered': { status: 409, text: '签名图片与保存时不一致，请联系管理员核查' },
  'workflow.case.notYours': { status: 403, text: '只有发起人可以进行此操作' },
})
