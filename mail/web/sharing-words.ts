import { ALL_RIGHTS, type Rights } from '../store/rights.ts'

/** What people choose between; everything else is 自定义. */
export const PRESETS = {
  read: { label: '只读', rights: 'lr', negative: false, help: '能看到邮件夹、阅读邮件；不改变已读状态' },
  write: { label: '读写', rights: 'lrswipte', negative: false, help: '还能标记已读、加星标、存入、移走和删除邮件' },
  manage: { label: '管理', rights: ALL_RIGHTS, negative: false, help: '全部权限，包括新建、删除下级邮件夹和设置共享' },
  none: { label: '不得访问', rights: ALL_RIGHTS, negative: true, help: '即使所在单位或全区人员可以，也不能看到' },
} as const satisfies Readonly<Record<string, { readonly label: string; readonly rights: Rights; readonly negative: boolean; readonly help: string }>>

export type Preset = keyof typeof PRESETS
export const isPreset = (key: string): key is Preset => Object.hasOwn(PRESETS, key)

/** Rights one by one, as people call them. */
export const RIGHT_WORDS = {
  l: '看到邮件夹', r: '阅读邮件', s: '标记已读、未读', w: '加星标和其他标记', i: '存入邮件', p: '投递邮件', k: '新建下级邮件夹', x: '删除、改名邮件夹', t: '标记邮件为删除', e: '清除已删除的邮件', a: '设置共享',
} as const satisfies Readonly<Record<string, string>>

type Said = { readonly rights: Rights; readonly negative: boolean }

export function presetOf({ rights, negative }: Said): Preset | 'custom' {
  const [found] = Object.entries(PRESETS).find(([, one]) => one.rights === rights && one.negative === negative) ?? []
  return found !== undefined && isPreset(found) ? found : 'custom'
}

/** What somebody may do, in words. */
export function saidText(said: Said): string {
  const preset = presetOf(said)
  if (preset !== 'custom') return PRESETS[preset].help
  const words = Object.entries(RIGHT_WORDS).flatMap(([letter, word]) => (said.rights.includes(letter) ? [word] : []))
  return `${said.negative ? '不得' : '可以'}${words.join('、') || '（无）'}`
}
