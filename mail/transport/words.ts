import { errors } from '#kit/words.ts'

export const transportErrors = errors({
  'mail.queue.missing': { status: 404, text: '队列中没有这些邮件，可能已经发出或被删除，请刷新后再试' },
  'mail.limit.missing': { status: 404, text: '{domain} 没有单独的发送限额，请刷新后再试' },
  'mail.hold.missing': { status: 404, text: '没有等待决定的这位收件人，可能已经处理，请刷新后再试' },
  'mail.dkim.missing': { status: 404, text: '没有这个域名的签名密钥，请刷新后再试' },
})

/** Why a scanner gave no answer, as administrators are told. */
export const scannerTroubles = { unreachable: '连接不上', slow: '没有在时限内回答', half: '连接中断，没有答完；也可能是邮件超过了它的大小上限', strange: '回答无法识别' } as const

/** What those who run the system are told of a scanner that stays away. */
export const scannerWords = { clamd: '查毒服务（ClamAV）不可用', rspamd: '反垃圾服务（Rspamd）不可用', text: '{address}：{reason}。其间的邮件按安装设置（MAIL_SCAN_FAIL）暂缓接收，或不检查就收下，请尽快恢复。' } as const
