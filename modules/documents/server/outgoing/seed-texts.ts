import type { Block } from '#modules/documents/body.ts'
import { heading, paragraph, table } from '#modules/documents/data/samples/build.ts'

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

/** Attached to it as a Word file. */
export const CHECKLIST: readonly Block[] = [
  table([
    ['序号', '自查要点', '判断标准'], ['1', '目录完整', '本单位应编目的系统和数据均已编目'], ['2', '更新及时', '按目录承诺的频次更新，无逾期'], ['3', '数据准确', '主要字段空值率低于1%，抽查差错率低于0.5%'],
    ['4', '按期响应', '共享申请在5个工作日内答复'],
  ], 1),
  paragraph('自查结果请逐项填写“符合”或“不符合”，不符合的写明整改时限。'),
]

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

export const DECISIONS = notice('做好2027年度重大行政决策事项目录编制工作', 'normal', [
  paragraph('为推进科学决策、民主决策、依法决策，现就2027年度区政府重大行政决策事项目录编制工作通知如下。'),
  heading(1, '报送范围。', '涉及全区经济社会发展全局、与公众利益密切相关的规划、政策和重大建设项目。'),
  heading(1, '报送要求。', '各单位对拟列入目录的事项说明必要性、可行性和完成时限，经主要负责人同意后报送。'),
])

export const SUBSIDIES = notice('调整街道社区服务活动经费标准', 'normal', [
  paragraph('为保障社区服务活动正常开展，经研究，决定调整街道社区服务活动经费标准。现就有关事项通知如下。'),
  heading(1, '调整内容。', '自2027年1月1日起，每个居民区年度活动经费由3万元调整为4万元。'),
  heading(1, '经费管理。', '经费专款专用，由各街道、新泾镇列支并接受审计监督。'),
])

const own = (organisation: string, subject: string, more: Partial<SeedText>, blocks: readonly Block[]): SeedText =>
  ({ subject: `${organisation}关于${subject}`, docType: 'notice', direction: 'down', format: 'document', urgency: 'normal', addressees: '各有关单位', ...more, body: { blocks } })

export const SAFETY_REPORT = own('上海市长宁区应急管理局', '2026年安全生产重点工作完成情况的报告', { docType: 'report', direction: 'up', addressees: '区政府' }, [
  paragraph('2026年，全区安全生产形势总体平稳。现将重点工作完成情况报告如下。'),
  heading(1, '主要工作'), paragraph('全年检查生产经营单位4320家次，整改隐患1.1万处，重大事故隐患全部挂牌督办。'),
  heading(1, '下一步打算'), paragraph('继续推进城市安全风险综合监测，深化重点行业领域专项整治。'), paragraph('特此报告。'),
])

export const WINTER_SITES = own('上海市长宁区建设和管理委员会', '做好冬季建筑工地防火工作的通知', { addressees: '各建设、施工、监理单位', urgency: 'urgent' }, [
  paragraph('冬季天干物燥，工地用火用电增多。为防范火灾事故，现就有关事项通知如下。'),
  heading(1, '严格动火审批。', '动火作业须办理审批手续，落实监护人和灭火器材。'), heading(1, '规范宿舍用电。', '严禁在宿舍使用大功率电器和明火取暖。'),
])

export const FOOD_CHECK = own('上海市长宁区市场监督管理局', '开展元旦春节食品安全专项检查的通知', { addressees: '各市场监督管理所' }, [
  paragraph('元旦、春节临近，为保障节日期间食品安全，我局决定开展专项检查。现就有关事项通知如下。'),
  heading(1, '检查重点。', '年夜饭承办单位、农贸市场、商场超市、网络餐饮和集体配餐单位。'), heading(1, '工作要求。', '检查情况每周五汇总，发现问题及时处置。'),
])

export const MARKET_REPAIR = own('上海市长宁区新泾镇人民政府', '改造北新农贸市场的请示', { docType: 'request', direction: 'up', addressees: '区政府' }, [
  paragraph('北新农贸市场建成已逾20年，设施老化，群众反映较多。现将改造有关事项请示如下。'),
  heading(1, '改造内容。', '更新给排水和供电线路，调整摊位布局，增设无障碍设施。'), heading(1, '投资估算。', '项目总投资约860万元，由镇财力承担。'), paragraph('妥否，请批示。'),
])

export const PARKING_LETTER = own('上海市长宁区人民政府虹桥街道办事处', '商请协助开展夜间停车共享试点的函', { docType: 'letter', direction: 'level', format: 'letter', addressees: '区机关事务管理局' }, [
  paragraph('为缓解老旧小区夜间停车难，我街道拟在虹桥路沿线开展停车资源错时共享试点。现就有关事项商请如下。'),
  heading(1, '请支持开放贵局管理的机关停车场夜间泊位约40个，时间为每日19时至次日7时。'), heading(1, '请确定一名联络人，共同商定管理规则。'), paragraph('请予支持为盼。'),
])
