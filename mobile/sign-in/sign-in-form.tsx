import { useState } from 'react'
import type { NamesakesWire, SessionWire } from '#kit/wire/session.ts'
import { isExpiredPassword, messageOf } from '#ui/api/failure.ts'
import { needsChoice, useSignIn } from '#ui/api/session.ts'
import { PasswordForm } from '../me/password-form.tsx'
import { Choices } from './choices.tsx'

interface Props {
  readonly login?: string
  readonly done: (session: SessionWire) => void
}

/** One box for account, phone number or name; namesakes are told apart by their unit. */
export function SignInForm({ login: known = '', done }: Props) {
  const [login, setLogin] = useState(known)
  const [password, setPassword] = useState('')
  const [namesakes, setNamesakes] = useState<NamesakesWire | null>(null)
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  const signIn = useSignIn()
  const send = (choose: string | undefined, secret: string): void => {
    setChosen(choose)
    signIn.mutate({ login: login.trim(), password: secret, choose }, { onSuccess: (answer) => (needsChoice(answer) ? setNamesakes(answer) : done(answer)) })
  }
  if (isExpiredPassword(signIn.error)) {
    return (
      <>
        <p className="p-warning">密码已到期，请先设置新密码再登录</p>
        <PasswordForm login={chosen ?? login.trim()} old={password} done={(fresh) => { setPassword(fresh); send(chosen, fresh) }} />
      </>
    )
  }
  if (namesakes !== null) {
    const items = namesakes.choose.map(({ login: key, name, unitName }) => ({ key, title: name, note: unitName }))
    return (
      <>
        {signIn.error !== null && <p className="problem" role="alert">{messageOf(signIn.error)}</p>}
        <Choices label="有同名人员，请选择您的单位" items={items} busy={signIn.isPending} choose={(one) => send(one, password)} />
        <button type="button" className="p-button" onClick={() => setNamesakes(null)}>返回重新输入</button>
      </>
    )
  }
  return (
    <form className="p-sign-form" onSubmit={(event) => { event.preventDefault(); send(undefined, password) }}>
      {signIn.error !== null && <p className="p-alert" role="alert">{messageOf(signIn.error)}</p>}
      <label className="unseen" htmlFor="login">账号、手机号或姓名</label>
      <input id="login" name="username" className="p-input" placeholder="账号、手机号或姓名" autoComplete="username" autoCapitalize="none" value={login} onChange={(event) => setLogin(event.target.value)} />
      <label className="unseen" htmlFor="password">密码</label>
      <input id="password" name="password" type="password" className="p-input" placeholder="密码" autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} />
      <button type="submit" className="p-button" data-tone="primary" disabled={signIn.isPending || login.trim() === '' || password === ''}>{signIn.isPending ? '正在登录…' : '登录'}</button>
    </form>
  )
}
