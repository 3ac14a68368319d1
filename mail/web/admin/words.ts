import type { Tone } from '#ui/components/tag.tsx'
import type { AdminAccountWire } from '../../admin-api.ts'

export const KINDS: Readonly<Record<AdminAccountWire['kind'], string>> = { person: '个人', organisation: '单位', shared: '公共' }
export const STATUS: Readonly<Record<AdminAccountWire['status'], { readonly label: string; readonly tone: Tone }>> = { active: { label: '使用中', tone: 'green' }, kept: { label: '已离任保留', tone: 'amber' }, off: { label: '已停用', tone: 'seal' } }
export const ADDRESS_KINDS = { login: '账号', pinyin: '姓名拼音', former: '曾用', manual: '管理员添加' } as const
export const SOURCES = { role: '因岗位', manual: '管理员授权', 'hand-over': '离任交接' } as const
