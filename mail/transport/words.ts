import { errors } from '#kit/words.ts'

export const transportErrors = errors({
  'mail.queue.missing': { status: 404, text: '队列中没有这些邮件，可能已经发出或被删除，请刷新后再试' },
})
