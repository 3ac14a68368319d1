import { errors } from '#kit/words.ts'

export const accessErrors = errors({
  'access.denied': { status: 403, text: '您没有办理这项操作的权限；如确需办理，请联系本单位管理员' },
})
