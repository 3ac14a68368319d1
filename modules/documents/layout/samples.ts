import type { Block } from '#modules/documents/body.ts'
import type { OfficialDocument } from '#modules/documents/layout/model.ts'

const SENTENCE = '各街道、镇和区政府各部门要统一思想、提高认识，切实加强组织领导，细化工作方案，压实工作责任，确保各项任务按时保质完成。'

/** A paragraph of the given number of sentences (55 characters each). */
export function samplePara(sentences: number): Block {
  return { type: 'paragraph', text: [{ text: SENTENCE.repeat(sentences) }] }
}

/** A body with headings of all four levels and `sections` sections, each a third of a page long. */
export function sampleBody(sections: number): Block[] {
  const section: Block[] = [
    { type: 'heading', level: 1, text: [{ text: '总体要求' }] },
    samplePara(2),
    { type: 'heading', level: 2, text: [{ text: '加强组织领导。' }], rest: [{ text: SENTENCE }] },
    { type: 'heading', level: 3, text: [{ text: '明确责任分工。' }], rest: [{ text: '2026年7月1日前完成。' }] },
    { type: 'heading', level: 4, text: [{ text: '建立台账。' }] },
  ]
  return Array.from({ length: sections }, () => section).flat()
}

/** A notice of a district government, the plainest case. */
export const SAMPLE_NOTICE: OfficialDocument = {
  format: 'document',
  issued: true,
  issuers: ['上海市长宁区人民政府'],
  withSuffix: true,
  number: '长府〔2026〕3号',
  title: '上海市长宁区人民政府关于印发《长宁区国民经济和社会发展第十五个五年规划纲要》的通知',
  recipients: '各街道办事处、新泾镇政府，区政府各委、办、局，各有关单位',
  body: sampleBody(1),
  signatures: [{ organ: '上海市长宁区人民政府' }],
  sealed: true,
  date: '2026-07-01',
  note: '此件公开发布',
  copies: '区委各部门，区人大常委会办公室，区政协办公室，区纪委监委，区法院，区检察院，区人民武装部，各人民团体，驻区部队',
  printed: { organ: '上海市长宁区人民政府办公室', date: '2026-07-02' },
}

/** A request to the superior with 签发人, urgency and contact note. */
export const SAMPLE_REQUEST: OfficialDocument = {
  ...SAMPLE_NOTICE,
  copyNumber: '12',
  secrecy: { level: '机密', term: '1年' },
  urgency: '特急',
  signers: ['张明远'],
  title: '长宁区人民政府关于申请追加2026年度城市更新专项资金的请示',
  recipients: '上海市人民政府',
  note: '联系人：李四，联系电话：021-00000000',
}

/** A letter (信函格式). */
export const SAMPLE_LETTER: OfficialDocument = {
  ...SAMPLE_NOTICE,
  format: 'letter',
  issuers: ['上海市长宁区人民政府办公室'],
  number: '长府办函〔2026〕18号',
  title: '长宁区人民政府办公室关于商请支持虹桥国际开放枢纽建设有关事项的函',
  recipients: '市发展改革委',
  signatures: [{ organ: '长宁区人民政府办公室' }],
  copies: '市交通委，区发展改革委',
}

/** Minutes (纪要格式). */
export const SAMPLE_MINUTES: OfficialDocument = {
  ...SAMPLE_NOTICE,
  format: 'minutes',
  issuers: ['长宁区人民政府常务会议纪要'],
  number: '第5期',
  title: '区政府第12次常务会议纪要',
  recipients: '',
  attendance: {
    present: '张明远、李四、王五、赵六、钱七、孙八、周九、吴十、郑一、冯二、陈三、褚四、卫五、蒋六、沈七',
    excused: '韩八（出差）',
    observers: '杨九（区发展改革委）、朱十（区财政局）、秦一（区数据局）、尤二（区司法局）、许三（区审计局）',
  },
}
