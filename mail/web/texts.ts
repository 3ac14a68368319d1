import type { FolderWire, MailMessageWire, MailPersonWire } from '../api.ts'

/** Folders as people call them. */
export const folderName = ({ name }: Pick<FolderWire, 'name'>): string => (name === 'INBOX' ? '收件箱' : name.replace(/^INBOX\//, '收件箱/'))

export const personText = ({ name, address }: MailPersonWire): string => (name === '' ? address : `${name} <${address}>`)

export const personName = ({ name, address }: MailPersonWire): string => name || address

/** In folders of one's own words the recipients say more than the sender. */
export const isOutgoing = (folder: Pick<FolderWire, 'special'> | undefined): boolean => folder?.special === 'Sent' || folder?.special === 'Drafts'

export const subjectText = (subject: string): string => subject.trim() || '（无主题）'

/** Why the author may be somebody else, and what to do. */
export const doubtText = ({ domain, imitates }: NonNullable<MailMessageWire['doubt']>): string =>
  imitates === null
    ? `发件域名“${domain}”未通过验证，可能有人冒用。涉及转账、账号、附件的内容，请用电话等方式向本人核实。`
    : `发件域名“${domain}”与本单位域名“${imitates}”十分相似，但不是本单位。请不要点击链接、打开附件或回复。`
