import { errors } from '#kit/words.ts'

export const httpErrors = errors({
  'http.invalid': { status: 400, text: '提交的内容有误：{problems}' },
  'http.not-found': { status: 404, text: '没有这个地址，请检查链接是否完整' },
  'http.body.large': { status: 413, text: '提交的内容过大，请减少文字或改用附件' },
  'http.body.broken': { status: 400, text: '提交的内容不完整或格式有误，请刷新页面后重试' },
  'http.slow': { status: 408, text: '请求发送过慢，连接已关闭，请检查网络后重试' },
  'http.head.large': { status: 431, text: '请求头过大，请清除浏览器中本站的 Cookie 后重试' },
  'http.origin': { status: 403, text: '请求来自其他网站，已拒绝' },
  'http.idempotency.reused': { status: 422, text: '同一次操作的标识被用于不同内容，请刷新页面后重试' },
  'http.busy': { status: 429, text: '操作过于频繁，请 {seconds} 秒后再试' },
  'http.internal': { status: 500, text: '系统出现意外，请稍后重试；若反复出现，请将编号 {requestId} 告知运维人员' },
})
