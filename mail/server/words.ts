const whose = (shared: string | null): string => (shared === null ? '您的邮件' : `邮箱“${shared}”的`)

/** What people are told of what an administrator did with their mail, or with that of a mailbox in whose name they write. */
export const noticeWords = {
  forward: (shared: string | null) => `${whose(shared)}转发已被管理员停止`,
  vacation: (shared: string | null) => `${whose(shared)}自动回复已被管理员停止`,
  ended: '如工作需要，请联系系统管理员；可在“自动回复与转发”中查看。',
} as const
