import { errors } from '#kit/words.ts'
import type { AnnualBarReason } from './rules/annual.ts'
import type { Approver, RankBand, RecordOffice } from './rules/approval.ts'

export const leaveErrors = errors({
  'leave.applicant': { status: 422, text: '申请人没有在职岗位，请先在通讯录中核对' },
  'leave.applicant.other': { status: 403, text: '只能为本人请假；代他人登记请由人事干部办理' },
  'leave.days.none': { status: 422, text: '所选时间内没有工作日，无需请假；请核对起止日期' },
  'leave.period.past': { status: 422, text: '请假起始日已过；最早可以补办到 {earliest}（补假期限 {days} 个工作日），更早的请人事干部登记' },
  'leave.period.overlap': { status: 409, text: '与 {number}（{from}至{to}）时间重叠，请调整起止时间，或先撤销那张请假单' },
  'leave.stand-in.missing': { status: 422, text: '请假超过 {days} 天，请指定工作交接人' },
  'leave.stand-in.self': { status: 422, text: '工作交接人不能是请假人本人，请另选一位同事' },
  'leave.stand-in.away': { status: 409, text: '{name}在这段时间也在休假，请另选工作交接人' },
  'leave.proof.missing': { status: 422, text: '{kind}需要附证明材料，请上传后再提交' },
  'leave.proof.long': { status: 422, text: '{kind}超过 {days} 天需要附证明材料，请上传后再提交' },
  'leave.trip.local': { status: 422, text: '外出报备是离开本市的报备，请选择去向“外省市”或“出国（境）”并填写目的地' },
  'leave.limit.event': { status: 409, text: '{kind}每次最多 {most} 天，本次 {days} 天；请调整起止时间' },
  'leave.limit.year': { status: 409, text: '{kind}每年最多 {most} 天，{year} 年已请 {taken} 天，本次 {days} 天；请调整起止时间' },
  'leave.limit.birth': { status: 409, text: '{birth}的产假共 {most} 天（含生育假），已请 {taken} 天，本次 {days} 天；请调整起止时间' },
  'leave.limit.child-year': { status: 409, text: '育儿假每年 {most} 天：子女第 {age} 年（{from}至{to}）已请 {taken} 天，本次 {days} 天；请调整起止时间' },
  'leave.limit.visit': { status: 409, text: '{kind}：{on}已请过探亲假，{from}起可以再请' },
  'leave.child.age': { status: 409, text: '须在子女出生之日起、满 {years} 周岁之前休完，请核对出生日期和起止时间' },
  'leave.nursing.hours': { status: 409, text: '哺乳时间每天最多 {hours} 小时，请调整每天时数' },
  'leave.kind.hours': { status: 422, text: '产前检查和哺乳时间按工作时间内的小时计算，其他假别按天计算，不能互改' },
  'leave.annual.barred': { status: 409, text: '{year} 年不享受年休假：{reasons}；如有不符请人事干部核对' },
  'leave.pair.away': { status: 409, text: '{name}在这段时间外出或休假，主要领导与其副手不能同时离岗；请错开时间' },
  'leave.report.longer': { status: 409, text: '实际休假不能超过批准的起止时间；需要延长请先办理续假' },
  'leave.return.state': { status: 409, text: '只有正在休假的请假单可以提前销假' },
  'leave.return.period': { status: 422, text: '实际返岗前的最后一天应在批准的休假期内' },
  'leave.cancel.state': { status: 409, text: '休假已经开始或已经结束，不能撤销；提前返岗请办理提前销假' },
  'leave.extend.state': { status: 409, text: '只有已批准且尚未销假的请假单可以续假' },
  'leave.not-yours': { status: 403, text: '只有请假人本人或人事干部可以办理' },
  'leave.balance.short': { status: 409, text: '{year} 年可休 {available} 天，不足 {days} 天；请调整天数，或请人事核对假期余额' },
  'leave.balance.step': { status: 422, text: '天数须以半天为单位且大于零' },
  'leave.balance.reason': { status: 422, text: '调整假期余额须填写理由' },
  'leave.balance.give-back': { status: 409, text: '该次请假已用 {used} 天，不能退回 {days} 天' },
  'leave.balance.kind': { status: 422, text: '{kind}不设余额，不需要登记' },
  'leave.person': { status: 404, text: '没有找到这位同事，或不属于本单位' },
  'leave.service.future': { status: 422, text: '参加工作时间应早于今天' },
  'leave.year.open': { status: 409, text: '{year} 年尚未结束，年终结转请在次年办理' },
  'leave.month': { status: 422, text: '月份请按 2026-07 的样式填写' },
  'leave.approval.none': { status: 409, text: '审批规则没有覆盖这种情形，请管理员在请销假设置中补充' },
  'leave.approval.nobody': { status: 409, text: '按审批规则没有找到可以审批的人，请管理员核对本单位的岗位和分管关系' },
  'leave.approval.gaps': { status: 422, text: '审批规则还不完整：{problems}' },
  'leave.setting.stale': { status: 409, text: '设置刚被他人修改，请刷新后在最新内容上再改' },
})

/** How a pregnancy ended, as 产假 depends on it. */
export const BIRTHS = { normal: '顺产', difficult: '难产', early: '怀孕未满4个月流产', late: '怀孕满4个月流产' } as const

export const bandWords: Readonly<Record<RankBand, string>> = { member: '科员', 'department-head': '科室负责人', deputy: '班子成员', head: '主要领导' }
export const approverWords: Readonly<Record<Approver, string>> = {
  'department-head': '科室负责人', overseer: '分管领导', 'unit-head': '单位主要领导', 'district-overseer': '分管区领导', 'district-chief': '区主要领导',
}
export const officeWords: Readonly<Record<RecordOffice, string>> = { 'party-office': '区委办', 'government-office': '区府办', 'organisation-department': '区委组织部' }
/** By these names the offices are found in the directory. */
export const officeNames: Readonly<Record<RecordOffice, string>> = { 'party-office': '区委办公室', 'government-office': '区政府办公室', 'organisation-department': '区委组织部' }
export const placeWords = { local: '本市', outside: '外省市', abroad: '出国（境）' } as const
export const barWords: Readonly<Record<AnnualBarReason, string>> = { vacation: '寒暑假天数多于年休假', personal: '事假累计 20 天以上且未扣工资', sick: '病假累计时间超过规定' }

export const ledgerWords = {
  use: (number: string) => `请假 ${number}`,
  giveBack: (number: string) => `销假退回 ${number}`,
  cancel: (number: string) => `撤销 ${number}`,
  yearly: (years: number) => `按工龄 ${years} 年核定`,
  tier: '工龄满档次月起增加',
  carry: '跨年结转',
} as const

export const noticeWords = {
  recorded: '领导外出报备',
  standIn: '请您在休假期间接手工作',
  delegate: (name: string) => `休假期间的待办可委托${name}代办，点此确认`,
  overdue: (days: number) => `假期已满 ${days} 个工作日仍未销假，请尽快办理销假或续假`,
} as const

export const leaveWords = { standIn: '工作交接人' } as const

export const sheetWords = {
  name: '姓名', unit: '部门', post: '职务', total: '合计',
  balance: ['参加工作时间', '假别', '核定', '上年结转', '已休', '审批中', '可休'],
  balances: (year: number, organisation: string) => `${organisation}${year}年假期台账`,
  month: (month: string, organisation: string) => `${organisation}${month}请假月报`,
} as const
