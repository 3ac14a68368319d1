import { access } from '#kit/access.ts'

export const mailAccess = access({
  /** One's own mailbox, and those one was given rights to. */
  use: { everyone: 'own' },
  /** Domains, mailboxes, lists, queue, keys and certificates of all. */
  manage: { 'system-admin': 'district', ops: 'district' },
})
