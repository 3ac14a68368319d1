import { errors } from '#kit/words.ts'

export const eventErrors = errors({
  'events.letter.missing': { status: 404, text: '所选的失败事件已不存在或已重新投递，请刷新页面' },
})
