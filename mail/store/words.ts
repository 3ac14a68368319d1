import { errors } from '#kit/words.ts'

export const mailErrors = errors({
  'mail.mailbox.missing': { status: 404, text: '邮件夹不存在或已被删除，请刷新后再试' },
  'mail.mailbox.name': { status: 422, text: '邮件夹名称“{name}”不能使用：不能为空、不能含控制字符和 % *，长度不超过 500 字，不超过 10 级' },
  'mail.mailbox.exists': { status: 409, text: '邮件夹“{name}”已存在，请换一个名称' },
  'mail.mailbox.fixed': { status: 422, text: '“{name}”是系统邮件夹，不能删除或改名' },
  'mail.mailbox.many': { status: 422, text: '邮件夹数量已达上限，请先删除不用的邮件夹' },
  'mail.address.taken': { status: 409, text: '邮件地址“{address}”已被使用，请换一个' },
  'mail.account.missing': { status: 404, text: '您还没有邮箱，请联系管理员开通' },
  'mail.login.ambiguous': { status: 409, text: '有多位用户叫“{name}”，请改用邮件地址或账号登录' },
  'mail.app-password.many': { status: 422, text: '客户端专用密码最多 {most} 个，请先停用不再使用的' },
  'mail.app-password.missing': { status: 404, text: '该客户端专用密码已停用，请刷新页面' },
  'mail.quota.full': { status: 507, text: '“{name}”的邮箱已满，邮件没有保存；请清理邮件或联系管理员扩容' },
})
