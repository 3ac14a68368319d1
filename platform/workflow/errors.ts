import { errors } from '#kit/words.ts'
import type { ErrorWords } from '#kit/words.ts'
import { workflowWords } from './words.ts'

const STATUS: Readonly<Record<string, number>> = {
  'workflow.task.unknown': 404, 'workflow.read.unknown': 404, 'workflow.task.notYours': 403, 'workflow.operation.notAllowed': 403, 'workflow.withdraw.notYours': 403,
  'workflow.assignee.none': 422, 'workflow.return.target': 422, 'workflow.outcome.unknown': 422, 'workflow.add.nobody': 422, 'workflow.wait.noTime': 422,
  'workflow.choice.none': 422, 'workflow.reason.required': 422, 'workflow.timer.unknown': 404, 'workflow.definition.invalid': 422, 'workflow.bpmn.invalid': 422, 'workflow.bpmn.large': 413,
}

/** Refusals of the core, with the HTTP status that fits each; most mean that somebody was faster. */
const fromCore: ErrorWords = Object.fromEntries(Object.entries(workflowWords).map(([code, text]) => [code, { status: STATUS[code] ?? 409, text }]))

export const workflowErrors = errors({
  ...fromCore,
  'workflow.person.unknown': { status: 422, text: '所选人员已不在该岗位，请重新选择' },
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
  'workflow.case.notYours': { status: 403, text: '只有发起人可以进行此操作' },
})
