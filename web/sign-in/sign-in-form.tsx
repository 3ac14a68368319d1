import { useState } from 'react'
import { Alert, Button, Input } from 'antd'
import { LockOutlined, UserOutlined } from '@ant-design/icons'
import type { NamesakesWire, SessionWire } from '#kit/wire/session.ts'
import { isExpiredPassword, messageOf } from '#ui/api/failure.ts'
import { needsChoice, useSignIn } from '#ui/api/session.ts'
import { PasswordForm } from '../account/password-form.tsx'
import './sign-in.css'

interface Props {
  readonly login?: string
  readonly done: (session: SessionWire) => void
}

/** Several people of one name know this password: one of them is asking. */
function Namesakes({ answer, busy, choose }: { readonly answer: NamesakesWire; readonly busy: boolean; readonly choose: (login: string) => void }) {
  return (
    <div className="choices" role="group" aria-label="选择账号">
      <p className="quiet">有同名人员，请选择您的单位</p>
      {answer.choose.map(({ login, name, unitName }) => (
        <button key={login} type="button" className="choice" disabled={busy} onClick={() => choose(login)}><strong>{name}</strong><span className="quiet">{unitName}</span></button>
      ))}
    </div>
  )
}

/** The password is right but must be changed first; the new one then signs in. */
const Expired = ({ login, old, done }: { readonly login: string; readonly old: string; readonly done: (password: string) => void }) => (
  <>
    <Alert type="warning" showIcon title="密码已到期，请先设置新密码再登录" style={{ marginBottom: 16 }} />
    <PasswordForm login={login} old={old} done={done} />
  </>
)

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
  if (isExpiredPassword(signIn.error)) return <Expired login={chosen ?? login.trim()} old={password} done={(fresh) => { setPassword(fresh); send(chosen, fresh) }} />
  if (namesakes !== null) return <Namesakes answer={namesakes} busy={signIn.isPending} choose={(one) => send(one, password)} />
  return (
    <form className="sign-in-form" onSubmit={(event) => { event.preventDefault(); send(undefined, password) }}>
      {signIn.error !== null && <Alert type="error" showIcon title={messageOf(signIn.error)} />}
      <label className="unseen" htmlFor="login">账号、手机号或姓名</label>
      <Input id="login" name="username" size="large" prefix={<UserOutlined className="faint" />} placeholder="账号、手机号或姓名" autoComplete="username" autoFocus={known === ''} value={login} onChange={(event) => setLogin(event.target.value)} />
      <label className="unseen" htmlFor="password">密码</label>
      <Input.Password id="password" name="password" size="large" prefix={<LockOutlined className="faint" />} placeholder="密码" autoComplete="current-password" autoFocus={known !== ''} value={password} onChange={(event) => setPassword(event.target.value)} />
      <Button type="primary" htmlType="submit" size="large" block loading={signIn.isPending} disabled={login.trim() === '' || password === ''}>登录</Button>
    </form>
  )
}
