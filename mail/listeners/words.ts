/** What the operator reads on the terminal, in the log and on the page of the mail servers. */
export const listenerWords = {
  taken: '{title} 端口 {port} 已被其他程序占用，这一项没有启动，其余照常；请停止占用的程序，或用 {setting} 换一个端口（0 为关闭）',
  denied: '没有权限使用 {title} 端口 {port}，这一项没有启动，其余照常；1024 以下的端口需要授权，或用 {setting} 换一个端口（0 为关闭）',
  failed: '{title} 端口 {port} 无法启动（{code}），其余照常；请检查 {setting}',
  summary: '邮件服务：{ports}',
} as const
