import { errors } from '#kit/words.ts'

export const jobErrors = errors({
  'jobs.missing': { status: 404, text: '所选的失败任务已不存在或已重新执行，请刷新页面' },
})
