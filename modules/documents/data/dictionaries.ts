import type { DictionaryDefinition } from '#kit/module.ts'
import { DOC_TYPES } from '#modules/documents/data/doc-types.ts'

/** Codes are stored, labels are printed; administrators may change everything but the 15 types. */
export const documentDictionaries: readonly DictionaryDefinition[] = [
  { name: 'documents.type', label: '文种', entries: DOC_TYPES.map(({ code, label, use }) => ({ code, label, note: use })) },
  {
    name: 'documents.direction', label: '行文方向',
    entries: [{ code: 'up', label: '上行文' }, { code: 'down', label: '下行文' }, { code: 'level', label: '平行文' }],
  },
  {
    name: 'documents.urgency', label: '缓急',
    entries: [{ code: 'normal', label: '平件' }, { code: 'urgent', label: '加急' }, { code: 'top', label: '特急' }],
  },
  {
    // 保守国家秘密法 art. 31(3) forbids state secrets on this platform; 工作秘密: art. 64.
    name: 'documents.secrecy', label: '密级',
    entries: [{ code: 'none', label: '非密' }, { code: 'internal', label: '内部' }, { code: 'work-secret', label: '工作秘密' }],
  },
  {
    name: 'documents.disclosure', label: '公开属性',
    entries: [
      { code: 'active', label: '主动公开', note: '自形成或者变更之日起20个工作日内公开（政府信息公开条例第二十六条）' },
      { code: 'on-request', label: '依申请公开' },
      { code: 'withheld', label: '不予公开', note: '须说明理由' },
    ],
  },
  {
    // 政府信息公开条例 (2019) art. 14–16.
    name: 'documents.disclosure-reason', label: '不予公开理由',
    entries: [
      { code: 'law', label: '法律、行政法规禁止公开', note: '第十四条' },
      { code: 'safety', label: '公开后可能危及国家安全、公共安全、经济安全、社会稳定', note: '第十四条' },
      { code: 'privacy', label: '涉及商业秘密、个人隐私等，公开会对第三方合法权益造成损害', note: '第十五条' },
      { code: 'internal-affairs', label: '内部事务信息（人事管理、后勤管理、内部工作流程等）', note: '第十六条' },
      { code: 'process', label: '过程性信息（讨论记录、过程稿、磋商信函、请示报告等）', note: '第十六条' },
      { code: 'enforcement', label: '行政执法案卷信息', note: '第十六条' },
    ],
  },
  {
    name: 'documents.subject', label: '主题分类',
    entries: [
      ['01', '综合政务'], ['02', '国民经济管理、国有资产监管'], ['03', '财政、金融、审计'], ['04', '国土资源、能源'], ['05', '农业、林业、水利'], ['06', '工业、交通'],
      ['07', '商贸、海关、旅游'], ['08', '市场监管、安全生产监管'], ['09', '城乡建设、环境保护'], ['10', '科技、教育'], ['11', '文化、广电、新闻出版'], ['12', '卫生、体育'],
      ['13', '人口与计划生育、妇女儿童工作'], ['14', '劳动、人事、监察'], ['15', '公安、安全、司法'], ['16', '民政、扶贫、救灾'], ['17', '民族、宗教'], ['18', '对外事务'],
      ['19', '港澳台侨工作'], ['20', '国防'], ['99', '其他'],
    ].map(([code = '', label = '']) => ({ code, label })),
  },
  {
    name: 'documents.retention', label: '保管期限',
    entries: [{ code: 'permanent', label: '永久', note: 'Y' }, { code: 'thirty', label: '30年', note: 'D30' }, { code: 'ten', label: '10年', note: 'D10' }],
  },
]
