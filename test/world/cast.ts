import type { Gender } from './names.ts'

/** A person tests, screenshots and the README call by name. */
export interface CastMember {
  readonly login: string
  readonly name: string
  readonly gender: Gender
  /** The post she holds: a slot's key of `staffing.ts`. */
  readonly slot: string
}

const member = (slot: string, login: string, name: string, gender: Gender): CastMember => ({ login, name, gender, slot })

/** All invented; three people are called 王磊 and two share one organisation, some carry rare characters or compound surnames. */
export const CAST: readonly CastMember[] = [
  member('data/systems/sysadmin', 'sysadmin', '沈知砚', '男'),
  member('data/security/secadmin', 'secadmin', '方怀瑾', '女'),
  member('data/security/auditor', 'auditor', '严若谷', '男'),
  member('data/operations/ops', 'yangruifeng', '杨瑞峰', '男'),

  member('government/leaders/chief', 'chenliqun', '陈立群', '男'),
  member('government/leaders/deputy-1', 'ouyangshuo', '欧阳朔', '男'),
  member('government/leaders/deputy-2', 'sutingyun', '苏停云', '女'),

  member('office/leaders/head', 'zhoumuyuan', '周牧原', '男'),
  member('office/leaders/deputy-1', 'zhugening', '诸葛凝', '女'),
  member('office/office/office-head', 'hexiangdong', '何向东', '男'),
  member('office/secretary-1/clerk-1', 'linxiaowen', '林晓雯', '女'),
  member('office/office/doc-secretary', 'guyuncheng', '顾云程', '男'),
  member('office/documents/doc-registrar', 'hanxuemei', '韩雪湄', '女'),
  member('office/documents/mail-clerk', 'tangjianing', '唐佳凝', '女'),
  member('office/personnel/personnel', 'wanglei', '王磊', '男'),

  member('emergency/leaders/head', 'luzhengyang', '陆正旸', '男'),
  member('emergency/leaders/deputy-1', 'xujingxing', '许景行', '男'),
  member('emergency/office/office-head', 'songyiran', '宋亦然', '女'),
  member('emergency/command/clerk-1', 'jiangheping', '蒋和坪', '男'),
  member('emergency/office/mail-clerk', 'wangjie', '王㛃', '女'),
  member('emergency/office/department-admin', 'panyueming', '潘岳茗', '男'),

  member('construction/leaders/head', 'gaozhiyuan', '高致原', '男'),
  member('construction/office/office-head', 'situlan', '司徒兰', '女'),
  member('construction/building/clerk-1', 'wanglei2', '王磊', '男'),
  member('construction/roads/clerk-1', 'wanglei3', '王磊', '男'),
  member('construction/office/mail-clerk', 'lida', '李龘', '男'),

  member('market/leaders/head', 'fanqiuyu', '范秋屿', '女'),
  member('market/office/office-head', 'dengyichuan', '邓一川', '男'),
  member('market/food/clerk-1', 'yeqingqing', '叶清青', '女'),
  member('market/office/mail-clerk', 'zhangyan', '张䶮', '男'),

  member('xinjing/leaders/head', 'qianboyan', '钱博研', '男'),
  member('xinjing/office/office-head', 'shangguanyue', '上官月', '女'),
  member('xinjing/management/clerk-1', 'shisongbai', '施松佰', '男'),

  member('hongqiao/leaders/head', 'caowenxi', '曹闻溪', '女'),
  member('hongqiao/office/office-head', 'lvmingche', '吕明彻', '男'),
  member('hongqiao/service/clerk-1', 'tianji', '田𠮷', '男'),
]

const LOGINS: ReadonlyMap<string, CastMember> = new Map(CAST.map((item) => [item.login, item]))
export const CAST_BY_SLOT: ReadonlyMap<string, CastMember> = new Map(CAST.map((item) => [item.slot, item]))

/** One of the cast by login. Throws for a login that is not in it. */
export function castMember(login: string): CastMember {
  const found = LOGINS.get(login)
  if (!found) throw new RangeError(`not in the cast: ${login}`)
  return found
}
