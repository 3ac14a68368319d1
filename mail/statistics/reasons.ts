import type { Failed } from '../transport/replies.ts'

/** Why mail was refused, and what administrators call it. */
export const REASONS = {
  unknown: '收件地址不存在', relay: '不是本系统的收件人', rate: '发送过快', greylist: '灰名单，请对方稍后再来', sender: '无权以该地址发信', dmarc: '发件域名未通过验证', virus: '含有病毒', spam: '垃圾邮件', filter: '反垃圾服务请对方稍后再来', scanner: '查毒或反垃圾服务不可用', quota: '收件邮箱已满', off: '收件邮箱已停用', list: '无权向邮件列表发信', loop: '转发次数过多', full: '服务器空间不足', form: '邮件格式不合规（换行、NUL 或过长的行）', size: '邮件过大', other: '其他',
} as const
export type Reason = keyof typeof REASONS

const TEXTS: readonly (readonly [RegExp, Reason])[] = [
  [/no such mailbox/, 'unknown'], [/relaying denied/, 'relay'], [/too many (?:messages|recipients)/, 'rate'], [/not known yet/, 'greylist'], [/to send as/, 'sender'], [/DMARC/, 'dmarc'], [/infected/, 'virus'], [/like spam/, 'spam'], [/filter of contents/, 'filter'], [/cannot be scanned/, 'scanner'],
  [/not in use/, 'off'], [/to this list/, 'list'], [/too many (?:hops|lists)|leads nowhere/, 'loop'], [/no room on/, 'full'], [/larger than the mailbox/, 'quota'], [/bare <CR>|NUL in|line of the message/, 'form'], [/message too large|header too large/, 'size'],
]

/** The reason behind one of our replies. */
export const reasonOf = ({ text, status }: Pick<Failed, 'text' | 'status'>): Reason => (/^[45]\.2\.2$/.test(status) ? 'quota' : (TEXTS.find(([pattern]) => pattern.test(text))?.[1] ?? 'other'))
