import type { UnitKind } from '#platform/org/contract.ts'

/** What its inside looks like and how its people are called. */
export type OrganisationStyle = 'office' | 'bureau' | 'commission' | 'department' | 'street' | 'town' | 'court' | 'mass' | 'institution'

/** `docCode` are invented except 长府 and 长府办; an office edits them. */
export interface OrganisationEntry {
  readonly key: string
  readonly shortName: string
  readonly name: string
  readonly parent: string
  readonly kind: UnitKind
  readonly docCode: string
  readonly style: OrganisationStyle
}

type Row = readonly [key: string, shortName: string, name: string, docCode: string, style?: OrganisationStyle]

const rows = (parent: string, kind: UnitKind, prefix: string, style: OrganisationStyle, list: readonly Row[]): OrganisationEntry[] =>
  list.map(([key, shortName, name, docCode, own]) => ({ key, shortName, name: `${prefix}${name}`, parent, kind, docCode, style: own ?? style }))

const CITY = '上海市'
const DISTRICT = '上海市长宁区'
const PARTY = '中共上海市长宁区委员会'

/** The four leading bodies; district leaders belong to them. */
const LEADING = [
  ...rows('district', '党委', '', 'office', [['party', '区委', PARTY, '长委']]),
  ...rows('district', '人大', '', 'office', [['congress', '区人大常委会', `${DISTRICT}人民代表大会常务委员会`, '长人']]),
  ...rows('district', '政府', '', 'office', [['government', '区政府', `${DISTRICT}人民政府`, '长府']]),
  ...rows('district', '政协', '', 'office', [['cppcc', '区政协', `中国人民政治协商会议${DISTRICT}委员会`, '长协']]),
]

const PARTY_BODIES = [
  ...rows('party', '纪委监委', '中共上海市长宁区', 'commission', [['discipline', '区纪委监委', '纪律检查委员会', '长纪']]),
  ...rows('party', '党委', PARTY, 'department', [
    ['party-office', '区委办公室', '办公室', '长委办', 'office'], ['organisation', '区委组织部', '组织部', '长委组'], ['publicity', '区委宣传部', '宣传部', '长委宣'],
    ['united-front', '区委统战部', '统一战线工作部', '长委统'], ['politics-law', '区委政法委', '政法委员会', '长委政', 'commission'], ['social-work', '区委社会工作部', '社会工作部', '长委社'],
    ['staffing', '区委编办', '机构编制委员会办公室', '长编办', 'office'], ['inspection', '区委巡察办', '巡察工作领导小组办公室', '长委巡', 'office'],
    ['organs-committee', '区级机关工作党委', '区级机关工作委员会', '长机委', 'commission'], ['veteran-cadres', '区委老干部局', '老干部局', '长老干', 'bureau'],
    ['party-school', '区委党校', '党校', '长校', 'institution'],
  ]),
]

const DELIBERATIVE = [
  ...rows('congress', '人大', `${DISTRICT}人民代表大会常务委员会`, 'office', [
    ['congress-office', '区人大办公室', '办公室', '长人办'], ['congress-legal', '区人大监察司法工委', '监察和司法工作委员会', '长人司', 'commission'],
    ['congress-finance', '区人大财经工委', '财政经济工作委员会', '长人财', 'commission'], ['congress-deputies', '区人大代表工委', '代表工作委员会', '长人代', 'commission'],
  ]),
  ...rows('cppcc', '政协', `中国人民政治协商会议${DISTRICT}委员会`, 'office', [
    ['cppcc-office', '区政协办公室', '办公室', '长协办'], ['cppcc-proposals', '区政协提案委', '提案委员会', '长协提', 'commission'],
    ['cppcc-economy', '区政协经济委', '经济委员会', '长协经', 'commission'],
  ]),
]

const DEPARTMENTS = rows('government', '政府', DISTRICT, 'bureau', [
  ['office', '区政府办公室', '人民政府办公室', '长府办', 'office'], ['development', '区发展改革委', '发展和改革委员会', '长发改', 'commission'],
  ['commerce', '区商务委', '商务委员会', '长商务', 'commission'], ['education', '区教育局', '教育局', '长教'], ['science', '区科委', '科学技术委员会', '长科', 'commission'],
  ['police', '公安长宁分局', '', '长公'], ['civil-affairs', '区民政局', '民政局', '长民政'], ['justice', '区司法局', '司法局', '长司'],
  ['finance', '区财政局', '财政局', '长财'], ['human-resources', '区人力资源社会保障局', '人力资源和社会保障局', '长人社'], ['planning', '区规划资源局', '规划和自然资源局', '长规资'],
  ['environment', '区生态环境局', '生态环境局', '长环'], ['construction', '区建设管理委', '建设和管理委员会', '长建管', 'commission'],
  ['culture', '区文化旅游局', '文化和旅游局', '长文旅'], ['health', '区卫生健康委', '卫生健康委员会', '长卫健', 'commission'], ['veterans', '区退役军人局', '退役军人事务局', '长退役'],
  ['emergency', '区应急局', '应急管理局', '长应急'], ['audit', '区审计局', '审计局', '长审'], ['market', '区市场监管局', '市场监督管理局', '长市监'],
  ['state-assets', '区国资委', '国有资产监督管理委员会', '长国资', 'commission'], ['sports', '区体育局', '体育局', '长体'], ['statistics', '区统计局', '统计局', '长统'],
  ['medical-insurance', '区医保局', '医疗保障局', '长医保'], ['greening', '区绿化市容局', '绿化和市容管理局', '长绿容'], ['housing', '区住房保障房屋管理局', '住房保障和房屋管理局', '长房管'],
  ['urban-enforcement', '区城管执法局', '城市管理行政执法局', '长城管'], ['civil-defence', '区国动办', '国防动员办公室', '长国动', 'office'], ['petitions', '区信访办', '信访办公室', '长信访', 'office'],
  ['logistics', '区机关事务管理局', '机关事务管理局', '长机管'], ['data', '区数据局', '数据局', '长数据'], ['investment', '区投资促进办', '投资促进办公室', '长投促', 'office'],
  ['financial-services', '区金融办', '金融服务办公室', '长金融', 'office'], ['tax', '区税务局', '', '长税'],
  ['fire', '区消防救援支队', '消防救援支队', '长消'],
]).map((entry) => ({ ...entry, name: { police: `${CITY}公安局长宁分局`, tax: `国家税务总局${DISTRICT}税务局` }[entry.key] ?? entry.name }))

const INSTITUTIONS = rows('government', '事业单位', DISTRICT, 'institution', [
  ['city-operation', '区城运中心', '城市运行管理中心', '长城运'], ['linkong', '临空园区管理办公室', '虹桥临空经济园区管理办公室', '长临空'],
])

const STREETS = [
  ...rows('government', '街道镇', DISTRICT, 'street', [
    ['huayang', '华阳路街道', '人民政府华阳路街道办事处', '长华街'], ['jiangsu', '江苏路街道', '人民政府江苏路街道办事处', '长江街'], ['xinhua', '新华路街道', '人民政府新华路街道办事处', '长新街'],
    ['zhoujiaqiao', '周家桥街道', '人民政府周家桥街道办事处', '长周街'], ['tianshan', '天山路街道', '人民政府天山路街道办事处', '长天街'],
    ['xianxia', '仙霞新村街道', '人民政府仙霞新村街道办事处', '长仙街'], ['hongqiao', '虹桥街道', '人民政府虹桥街道办事处', '长虹街'],
    ['chengjiaqiao', '程家桥街道', '人民政府程家桥街道办事处', '长程街'], ['beixinjing', '北新泾街道', '人民政府北新泾街道办事处', '长北街'],
  ]),
  ...rows('government', '街道镇', DISTRICT, 'town', [['xinjing', '新泾镇', '新泾镇人民政府', '长泾府']]),
]

const JUSTICE = rows('district', '法检', DISTRICT, 'court', [['court', '区法院', '人民法院', '长法'], ['procuratorate', '区检察院', '人民检察院', '长检']])

const MASS = rows('party', '人民团体', '', 'mass', [
  ['unions', '区总工会', `${DISTRICT}总工会`, '长工'], ['youth', '团区委', `中国共产主义青年团${DISTRICT}委员会`, '长团'], ['women', '区妇联', `${DISTRICT}妇女联合会`, '长妇'],
  ['science-association', '区科协', `${DISTRICT}科学技术协会`, '长科协'], ['overseas-chinese', '区侨联', `${DISTRICT}归国华侨联合会`, '长侨联'],
  ['industry-commerce', '区工商联', `${DISTRICT}工商业联合会`, '长工商联'], ['disabled', '区残联', `${DISTRICT}残疾人联合会`, '长残联'], ['red-cross', '区红十字会', `${DISTRICT}红十字会`, '长红'],
  ['literature-art', '区文联', `${DISTRICT}文学艺术界联合会`, '长文联'],
])

/** Changning's organisations in display order, parents before children. */
export const ORGANISATIONS: readonly OrganisationEntry[] = [...LEADING, ...PARTY_BODIES, ...DELIBERATIVE, ...DEPARTMENTS, ...INSTITUTIONS, ...STREETS, ...JUSTICE, ...MASS]

/** Bodies whose people are the district's leaders; their papers are handled by their offices. */
export const LEADING_KEYS: ReadonlySet<string> = new Set(LEADING.map(({ key }) => key))

/** Organisations staffed in full, with every role of sending and receiving documents in a hand of its own. */
export const FULL_KEYS: ReadonlySet<string> = new Set(['office', 'emergency', 'construction', 'market', 'xinjing', 'hongqiao'])
