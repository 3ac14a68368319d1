import type { FolderWire, MailPersonWire } from '../api.ts'

/** Folders as people call them. */
export const folderName = ({ name }: Pick<FolderWire, 'name'>): string => (name === 'INBOX' ? '收件箱' : name.replace(/^INBOX\//, '收件箱/'))

export const personText = ({ name, address }: MailPersonWire): string => (name === '' ? address : `${name} <${address}>`)

export const personName = ({ name, address }: MailPersonWire): string => name || address

/** In folders of one's own words the recipients say more than the sender. */
export const isOutgoing = (folder: Pick<FolderWire, 'special'> | undefined): boolean => folder?.special === 'Sent' || folder?.special === 'Drafts'

export const subjectText = (subject: string): string => subject.trim() || '（无主题）'
