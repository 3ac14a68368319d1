import { uuidOfKey } from '#base/ids.ts'
import { socialCreditCode } from '#base/social-credit-code.ts'
import type { Unit } from '#platform/org/contract.ts'
import { LEADING_KEYS, ORGANISATIONS } from './organisations.ts'
import type { OrganisationEntry, OrganisationStyle } from './organisations.ts'

/** The contract's unit with its key in this world and its (invented) 统一社会信用代码. */
export interface WorldUnit extends Unit {
  /** `emergency` for an organisation, `emergency/office` for one of its departments. */
  readonly key: string
  readonly code: string | null
}

export const unitId = (key: string): string => uuidOfKey(`unit:${key}`)

type Department = readonly [key: string, name: string]

const LEADERS: Department = ['leaders', '领导班子']

const BUREAU: readonly Department[] = [
  LEADERS, ['office', '办公室'], ['general', '综合科'], ['legal', '法规科'], ['business-1', '业务一科'], ['business-2', '业务二科'], ['personnel', '组织人事科'], ['finance', '财务科'],
]

/** Sub-districts and the town: six offices and a team. */
const STREET: readonly Department[] = [
  LEADERS, ['office', '党政办公室'], ['party-building', '社区党建办公室'], ['management', '社区管理办公室'], ['service', '社区服务办公室'], ['safety', '社区平安办公室'], ['development', '社区发展办公室'],
  ['enforcement', '综合行政执法队'],
]

const OWN: Readonly<Record<string, readonly Department[]>> = {
  office: [
    LEADERS, ['office', '综合科'], ['secretary-1', '秘书一科'], ['secretary-2', '秘书二科'], ['documents', '机要文书科'], ['information', '信息科'], ['supervision', '督查室'], ['meetings', '会务科'],
    ['duty', '区总值班室'], ['foreign-affairs', '外事科'], ['personnel', '人事科'],
  ],
  emergency: [
    LEADERS, ['office', '办公室'], ['legal', '政策法规科'], ['command', '应急指挥科'], ['disaster', '防灾减灾科'], ['industry', '安全生产基础科'], ['chemicals', '危险化学品监管科'],
    ['personnel', '组织人事科'], ['brigade', '安全生产执法大队'],
  ],
  construction: [
    LEADERS, ['office', '办公室'], ['legal', '法规科'], ['building', '建筑业管理科'], ['traffic', '交通管理科'], ['water', '水务科'], ['roads', '市政管理科'], ['personnel', '组织人事科'], ['finance', '财务科'],
  ],
  market: [
    LEADERS, ['office', '办公室'], ['legal', '法规科'], ['registration', '注册许可科'], ['food', '食品安全监管科'], ['drugs', '药品监管科'], ['quality', '质量发展科'], ['equipment', '特种设备监管科'],
    ['personnel', '组织人事科'], ['finance', '财务科'],
  ],
  data: [LEADERS, ['office', '办公室'], ['general', '综合规划科'], ['resources', '数据资源科'], ['systems', '信息系统科'], ['security', '网络安全科'], ['operations', '运维服务组'], ['personnel', '组织人事科']],
}

const BY_STYLE: Readonly<Partial<Record<OrganisationStyle, readonly Department[]>>> = { street: STREET, town: STREET }

const departmentsOf = ({ key, style }: OrganisationEntry): readonly Department[] =>
  LEADING_KEYS.has(key) ? [['leaders', '领导班子']] : (OWN[key] ?? BY_STYLE[style] ?? BUREAU)

/** 11 organs, 12 institutions, 13 mass organisations; YYYY and a running number stand for an organisation code nobody has. */
function codeOf({ kind }: OrganisationEntry, number: number): string {
  const head = kind === '事业单位' ? '12' : kind === '人民团体' ? '13' : '11'
  return socialCreditCode(`${head}310105`, `YYYY${String(number).padStart(4, '0')}`)
}

const DISTRICT: WorldUnit = {
  key: 'district', id: unitId('district'), parentId: null, name: '上海市长宁区', shortName: '长宁区', kind: '政府', isOrganisation: true,
  organisationId: unitId('district'), docCode: null, code: null, order: 0,
}

function unitsOf(entry: OrganisationEntry, index: number): WorldUnit[] {
  const organisationId = unitId(entry.key)
  const organisation: WorldUnit = {
    key: entry.key, id: organisationId, parentId: unitId(entry.parent), name: entry.name, shortName: entry.shortName, kind: entry.kind, isOrganisation: true, organisationId,
    docCode: entry.docCode, code: codeOf(entry, index + 1), order: index + 1,
  }
  const departments = departmentsOf(entry).map(([key, name], place): WorldUnit => ({
    key: `${entry.key}/${key}`, id: unitId(`${entry.key}/${key}`), parentId: organisationId, name, shortName: name, kind: '内设机构', isOrganisation: false, organisationId,
    docCode: null, code: null, order: place + 1,
  }))
  return [organisation, ...departments]
}

/** All organisations and their departments, parents first, siblings in display order. */
export const UNITS: readonly WorldUnit[] = [DISTRICT, ...ORGANISATIONS.flatMap(unitsOf)]
