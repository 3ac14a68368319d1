import type { Block } from '#modules/documents/body.ts'
import { heading, paragraph } from '#modules/documents/data/samples/build.ts'

/** A document of the demonstration as its drafter fills it in; people and organisations are added by the seed. */
export interface SeedText {
  readonly subject: string
  readonly docType: string
  readonly direction: 'up' | 'down' | 'level'
  readonly format: 'document' | 'letter'
  readonly urgency: 'normal' | 'urgent' | 'most-urgent'
  readonly addressees: string
  readonly body: { readonly blocks: readonly Block[] }
}

const EVERYBODY = '各街道办事处、新泾镇政府，区政府各委、办、局'
const notice = (subject: string, urgency: SeedText['urgency'], blocks: readonly Block[]): SeedText =>
  ({ subject: `上海市长宁区人民政府办公室关于${subject}的通知`, docType: 'notice', direction: 'down', format: 'document', urgency, addressees: EVERYBODY, body: { blocks } })

export const DATA_QUALITY = notice('开展2026年度公共数据质量检查', 'normal', [
  paragraph('为提升全区公共数据质量，支撑“一网通办”“一网统管”应用，经区政府同意，定于近期开展2026年度公共数据质量检查。现就有关事项通知如下。'),
  heading(1, '检查内容'),
  paragraph('重点检查数据目录是否完整、数据更新是否及时、数据项是否准确、共享需求是否按期响应。'),
  heading(1, '检查方式'),
  heading(2, '单位自查。', '各单位对照数据目录逐项核对，形成问题清单并立行立改。'),
  heading(2, '集中抽查。', '区数据局会同有关部门随机抽取数据目录进行比对，抽查结果纳入年度考核。'),
  heading(1, '工作要求'),
  paragraph('各单位要明确一名联络员，加强与区数据局的沟通，按时报送自查情况。'),
])

export const COLD_WAVE = notice('做好寒潮天气应对工作', 'most-urgent', [
  paragraph('据气象部门预报，受强冷空气影响，本区近期将出现大风降温天气，最低气温降至零下3摄氏度左右。为切实做好应对工作，现就有关事项通知如下。'),
  heading(1, '加强监测预警。', '各单位要密切关注天气变化，及时转发预警信息，严格落实24小时值班和领导带班制度。'),
  heading(1, '突出防范重点。', '加强供水、供气、供电保障和老旧小区水管防冻，落实建筑工地、户外广告、高空构筑物的防风措施。'),
  heading(1, '关心困难群众。', '各街道、新泾镇要走访独居老人、困难家庭，做好流浪乞讨人员救助。'),
  paragraph('突发情况请立即报告区总值班室。'),
])

export const LIFT_PATROL = notice('开展既有多层住宅加装电梯联合巡查', 'normal', [
  paragraph('为加强既有多层住宅加装电梯施工和使用环节的安全管理，经区政府同意，决定开展联合巡查。现就有关事项通知如下。'),
  heading(1, '巡查范围。', '全区在建和已投入使用的加装电梯项目。'),
  heading(1, '职责分工。', '区建设管理委负责施工现场安全，区市场监管局负责电梯使用登记和检验，各街道、新泾镇负责组织协调和居民沟通。'),
  heading(1, '时间安排。', '每季度首月开展一次，发现问题当场交办，整改情况纳入下一次巡查。'),
])

export const SEAL_RULES = notice('进一步规范电子印章使用管理', 'normal', [
  paragraph('近期检查发现，部分单位电子印章审批不严、用印登记不全。为规范管理，现就有关事项通知如下。'),
  heading(1, '严格审批。', '用印须经本单位负责人批准，做到一事一批。'),
  heading(1, '完整登记。', '用印事由、文号、份数、经办人应逐项登记，登记记录与文件一并归档。'),
  heading(1, '落实责任。', '印章管理员离岗的，应当即时停用其证书并办理交接。'),
])

export const MEETING_RULES = notice('精简会议活动提高会议质量', 'urgent', [
  paragraph('为改进会风，减轻基层负担，经区政府同意，现就有关事项通知如下。'),
  heading(1, '控制数量。', '以区政府名义召开的全区性会议实行年度计划管理，计划外会议一事一报。'),
  heading(1, '压缩时间。', '专题会议一般不超过90分钟，发言突出问题和措施。'),
  heading(1, '改进形式。', '能以视频形式召开的不集中开会，能合并召开的不分别开会。'),
])

export const DRILL_REQUEST: SeedText = {
  subject: '上海市长宁区应急管理局关于举行城市生命线突发事件综合演练的请示', docType: 'request', direction: 'up', format: 'document', urgency: 'normal', addressees: '区政府',
  body: {
    blocks: [
      paragraph('为检验城市生命线突发事件应急预案，提升跨部门协同处置能力，我局拟会同区建设管理委、区消防救援支队举行综合演练。现将有关事项请示如下。'),
      heading(1, '演练安排'),
      paragraph('演练拟于2026年12月中旬在虹桥街道举行，模拟燃气管道破裂引发的连锁事件，时间约2小时，参演人员约180人。'),
      heading(1, '组织领导'),
      paragraph('拟请区政府分管领导任总指挥，我局负责方案编制和现场组织，交通组织由公安长宁分局负责。'),
      paragraph('妥否，请批示。'),
    ],
  },
}
