import { errors } from '#kit/words.ts'

export const transportErrors = errors({
  'mail.queue.missing': { status: 404, text: '队列中没有这些邮件，可能已经发出或被删除，请刷新后再试' },
  'mail.limit.missing': { status: 404, text: '{domain} 没有单独的发送限额，请刷新后再试' },
  'mail.hold.missing': { status: 404, text: '没有等待决定的这位收件人，可能已经处理，请刷新后再试' },
  'mail.dkim.missing': { status: 404, text: '没有这个域名的签名密钥，请刷新后再试' },
})
