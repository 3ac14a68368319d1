import { errors } from '#kit/words.ts'

export const identityErrors = errors({
  'identity.signed-out': { status: 401, text: '登录已失效，请重新登录' },
  'identity.wrong': { status: 401, text: '账号或密码不正确，请核对后重试' },
  'identity.throttled': { status: 429, text: '尝试次数过多，请 {seconds} 秒后再试；忘记密码请联系本单位管理员' },
  'identity.disabled': { status: 403, text: '该账号已停用，如需恢复请联系本单位管理员' },
  'identity.no-post': { status: 403, text: '您目前没有有效的任职，暂不能登录，请联系本单位组织人事部门' },
  'identity.post.not-yours': { status: 403, text: '只能切换到本人的有效任职' },
  'identity.password.expired': { status: 403, text: '密码已到期，请先设置新密码再登录' },
  'identity.password.wrong': { status: 422, text: '原密码不正确' },
  'identity.password.weak': { status: 422, text: '{problem}' },
  'identity.password.used': { status: 422, text: '新密码不能与最近 {history} 次用过的相同' },
  'identity.session.missing': { status: 404, text: '该登录已结束' },
  'identity.preferences.large': { status: 422, text: '个人设置过多，请删减后再保存' },
  'identity.account.missing': { status: 404, text: '没有这个账号' },
  'identity.login.taken': { status: 409, text: '账号「{login}」已被使用，请换一个' },
})
