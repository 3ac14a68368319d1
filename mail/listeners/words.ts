import { errors } from '#kit/words.ts'

/** What the operator reads on the terminal, in the log and on the page of the mail servers. */
export const listenerWords = {
  taken: '{title} 端口 {port} 已被其他程序占用，这一项没有启动，其余照常；请停止占用的程序，或用 {setting} 换一个端口（0 为关闭）',
  denied: '没有权限使用 {title} 端口 {port}，这一项没有启动，其余照常；1024 以下的端口需要授权，或用 {setting} 换一个端口（0 为关闭）',
  failed: '{title} 端口 {port} 无法启动（{code}），其余照常；请检查 {setting}',
  summary: '邮件服务：{ports}',
  handshake: '来自 {address} 的加密连接没有建立（{code}）',
  expiring: '邮件服务器证书将于 {date} 到期',
  expired: '邮件服务器证书已过期',
  expiringText: '适用于 {names}，还剩 {days} 天。到期后邮件客户端将无法连接，请尽快换上新证书。',
} as const

export const listenerErrors = errors({
  'mail.server.port': { status: 422, text: '{title} 没有设置端口（{setting} 为 0），不能在这里开启；请先在安装设置中填写端口并重新启动' },
  'mail.server.failed': { status: 409, text: '没有开启。{reason}' },
  'mail.server.unknown': { status: 404, text: '没有这项邮件服务，请刷新页面' },
  'mail.certificate.none': { status: 422, text: '“证书链”中没有找到证书；请粘贴 PEM 格式的内容，以 -----BEGIN CERTIFICATE----- 开头' },
  'mail.certificate.many': { status: 422, text: '“证书链”中的证书超过 {most} 个；只需要服务器证书和签发它的中间证书' },
  'mail.certificate.unreadable': { status: 422, text: '“证书链”中第 {nth} 个证书无法读取，请重新导出 PEM 格式后再试' },
  'mail.certificate.key-none': { status: 422, text: '“私钥”中没有找到私钥；请粘贴 PEM 格式的内容，以 -----BEGIN PRIVATE KEY----- 开头' },
  'mail.certificate.key-encrypted': { status: 422, text: '“私钥”有密码保护；请先用 openssl pkey 去除密码后再上传' },
  'mail.certificate.key-unreadable': { status: 422, text: '“私钥”无法读取，请检查是否完整，并使用 PEM 格式' },
  'mail.certificate.key-other': { status: 422, text: '“私钥”与“证书链”中的服务器证书不相符（私钥为 {kind}，证书为 {wanted}）；请上传申请该证书时生成的私钥' },
  'mail.certificate.key-place': { status: 422, text: '“证书链”的顺序不对：与私钥相符的服务器证书排在第 {nth} 个；请把它放在第一个，后面依次是签发它的中间证书' },
  'mail.certificate.order': { status: 422, text: '“证书链”的顺序不对：第 {nth} 个“{name}”没有签发第 {before} 个证书，应为“{wanted}”的证书；请依次排列或删去无关的证书' },
  'mail.certificate.expired': { status: 422, text: '证书“{name}”已于 {to} 过期，请上传有效的证书' },
  'mail.certificate.early': { status: 422, text: '证书“{name}”从 {from} 起才有效，现在还不能使用' },
  'mail.certificate.weak': { status: 422, text: '证书的密钥只有 {bits} 位，容易被破解；请用 {least} 位以上的密钥重新申请' },
  'mail.certificate.names': { status: 422, text: '证书适用于 {names}，不包括本服务器的名称 {host}，客户端会拒绝连接；请换一个证书，确需使用请勾选“名称不一致也使用”' },
  'mail.certificate.missing': { status: 404, text: '该证书已被删除，请刷新页面' },
  'mail.certificate.active': { status: 409, text: '正在使用的证书不能删除，请先启用其他证书' },
})
