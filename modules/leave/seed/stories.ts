/** How far a story has come: waiting for somebody after so many approvals, refused, or on the way. */
export type Fate = { readonly kind: 'waiting'; readonly approvals: number } | { readonly kind: 'rejected'; readonly opinion: string } | { readonly kind: 'granted' } | { readonly kind: 'reported' }

/** One person's leave; days are working days from today. */
export interface Story {
  readonly login: string
  readonly kind: string
  /** Applied for so many working days before it begins. */
  readonly ahead: number
  readonly from: number
  readonly to: number
  readonly half?: 'am' | 'pm'
  readonly destination?: string
  readonly reason: string
  readonly standIn?: string
  readonly fate: Fate
}

const waiting = (approvals: number): Fate => ({ kind: 'waiting', approvals })
const granted: Fate = { kind: 'granted' }
const reported: Fate = { kind: 'reported' }

/** Past, away today, to be reported, coming, and waiting for people of the demonstration. */
export const STORIES: readonly Story[] = [
  { login: 'linxiaowen', kind: 'annual', ahead: 5, from: -38, to: -36, reason: '回老家探亲', standIn: 'guyuncheng', fate: reported },
  { login: 'hanxuemei', kind: 'training', ahead: 6, from: -31, to: -29, destination: '南京', reason: '参加机要档案业务培训', standIn: 'tangjianing', fate: reported },
  { login: 'lida', kind: 'sick', ahead: 0, from: -24, to: -24, reason: '发热就诊', fate: reported },
  { login: 'songyiran', kind: 'annual', ahead: 4, from: -20, to: -19, reason: '家中有事', standIn: 'wangjie', fate: reported },
  { login: 'dengyichuan', kind: 'business', ahead: 3, from: -16, to: -15, destination: '杭州', reason: '调研食品安全数字化监管', standIn: 'zhangyan', fate: reported },
  { login: 'tangjianing', kind: 'personal', ahead: 1, from: -9, to: -9, half: 'pm', reason: '参加孩子家长会', fate: reported },
  { login: 'guyuncheng', kind: 'sick', ahead: 0, from: -7, to: -7, reason: '牙科就诊', fate: reported },
  { login: 'wanglei2', kind: 'annual', ahead: 5, from: -6, to: -4, reason: '陪父母体检', standIn: 'wanglei3', fate: reported },
  { login: 'shisongbai', kind: 'annual', ahead: 6, from: -5, to: -1, reason: '全家外出旅游', destination: '黄山', standIn: 'shangguanyue', fate: granted },
  { login: 'yeqingqing', kind: 'annual', ahead: 5, from: -1, to: 2, reason: '搬家', standIn: 'zhangyan', fate: granted },
  { login: 'jiangheping', kind: 'business', ahead: 2, from: 0, to: 1, destination: '苏州', reason: '参加长三角应急联动会议', standIn: 'songyiran', fate: granted },
  { login: 'wanglei3', kind: 'sick', ahead: 0, from: 0, to: 0, reason: '感冒发烧', fate: granted },
  { login: 'hanxuemei', kind: 'personal', ahead: 2, from: 0, to: 0, half: 'am', reason: '办理房产手续', fate: granted },
  { login: 'lvmingche', kind: 'annual', ahead: 3, from: 3, to: 4, reason: '家庭事务', standIn: 'tianji', fate: granted },
  { login: 'tianji', kind: 'personal', ahead: 5, from: 2, to: 2, reason: '朋友婚礼', fate: { kind: 'rejected', opinion: '当天有社区服务日活动，请改期' } },
  { login: 'guyuncheng', kind: 'annual', ahead: 4, from: 4, to: 4, reason: '接送老人就医', fate: waiting(0) },
  { login: 'hanxuemei', kind: 'annual', ahead: 8, from: 8, to: 12, reason: '年休假，在家休息', standIn: 'tangjianing', fate: waiting(2) },
  { login: 'zhugening', kind: 'trip', ahead: 6, from: 6, to: 7, destination: '合肥', reason: '长三角政务服务交流', standIn: 'hexiangdong', fate: waiting(0) },
  { login: 'xujingxing', kind: 'annual', ahead: 9, from: 9, to: 10, reason: '探望父母', standIn: 'songyiran', fate: waiting(0) },
  { login: 'yangruifeng', kind: 'compensatory', ahead: 3, from: 3, to: 3, reason: '国庆值守补休', fate: waiting(0) },
  { login: 'caowenxi', kind: 'trip', ahead: 5, from: 5, to: 6, destination: '北京', reason: '参加基层治理现场会', standIn: 'lvmingche', fate: waiting(0) },
]

/** Organisations whose accounts are kept, by somebody who works there. */
export const KEPT_FOR: readonly string[] = ['zhoumuyuan', 'luzhengyang', 'gaozhiyuan', 'fanqiuyu', 'qianboyan', 'caowenxi', 'yangruifeng']
