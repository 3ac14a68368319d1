/** What people are told of what an administrator did with their mail. */
export const noticeWords = {
  forward: '您的邮件转发已被管理员停止',
  vacation: '您的邮件自动回复已被管理员停止',
  ended: '如工作需要，请联系系统管理员；可在“自动回复与转发”中查看。',
} as const
