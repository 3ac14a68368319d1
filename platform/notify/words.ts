import { errors } from '#kit/words.ts'

export const notifyErrors = errors({
  'notify.link': { status: 422, text: '消息的链接应为本系统内的地址' },
})
