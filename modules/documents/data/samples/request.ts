import type { Draft } from '#modules/documents/checks/draft.ts'
import { heading, paragraph } from '#modules/documents/data/samples/build.ts'

/** A request to the superior: one matter, one addressee, 签发人 and contact. */
export const DEMO_REQUEST: Draft = {
  docType: 'request',
  direction: 'up',
  issuers: [{ name: '上海市长宁区应急管理局', short: '长宁区应急管理局', kind: 'organ', rank: 2, code: '长应急' }],
  title: '上海市长宁区应急管理局关于追加2026年度城市安全风险综合监测预警平台运行维护经费的请示',
  number: '长应急〔2026〕31号',
  addressees: [{ name: '区政府', relation: 'superior' }],
  copyTo: [{ name: '区财政局', relation: 'peer' }],
  body: [
    paragraph('根据市安委会办公室《关于加强城市安全风险综合监测预警工作的通知》（沪安委办〔2026〕12号）要求，我区于2026年6月建成城市安全风险综合监测预警平台，接入燃气、消防、电梯、防汛等7类感知设备1.2万台。运行以来，平台累计发出预警信息1860条，处置率达98.5%，有效提升了风险早期识别能力。'),
    heading(1, '经费需求'),
    paragraph('按照市级部门新增“冬季低温雨雪冰冻灾害监测”专题的要求，需增加感知设备通信、数据治理和平台安全运行保障等工作。经测算，2026年第四季度需追加运行维护经费86.4万元，其中感知设备通信费21.6万元，数据治理服务费38万元，网络安全等级保护测评及运行保障费26.8万元。'),
    heading(1, '资金来源'),
    paragraph('所需经费拟在2026年度区级财政预备费中安排，具体以区财政局审核意见为准。2027年起相关经费纳入我局部门预算。'),
    paragraph('妥否，请批示。'),
  ],
  attachments: [{ listed: '2026年第四季度平台运行维护经费测算表', title: '2026年第四季度平台运行维护经费测算表' }],
  signers: [{ name: '陈立群', head: true, signedOn: '2026-10-12' }],
  contact: { name: '李晓棠', phone: '021-22050000' },
  date: '2026-10-12',
  secrecy: 'none',
  consultations: [{ organ: '区财政局', state: 'agreed' }],
}
