import { useState } from 'react'
import { Alert, Button, Input } from 'antd'
import { messageOf } from '#ui/api/failure.ts'
import { useChangePassword } from '#ui/api/session.ts'

interface Props {
  /** Whose password, when it has expired and there is no session. */
  readonly login?: string | undefined
  /** The old one, when it has just been typed for signing in. */
  readonly old?: string | undefined
  readonly done: (password: string) => void
}

interface BoxProps {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly change: (value: string) => void
  readonly fresh?: boolean
  readonly problem?: string | null
}

const Box = ({ id, label, value, change, fresh = true, problem = null }: BoxProps) => (
  <div>
    <label htmlFor={id} className="quiet">{label}</label>
    <Input.Password id={id} size="large" autoComplete={fresh ? 'new-password' : 'current-password'} value={value} status={problem === null ? '' : 'error'} aria-invalid={problem !== null} onChange={(event) => change(event.target.value)} />
    {problem !== null && <div className="problem" role="alert">{problem}</div>}
  </div>
)

/** Old password, new one twice; the server says what is wrong with a new one. */
export function PasswordForm({ login, old: known, done }: Props) {
  const [old, setOld] = useState(known ?? '')
  const [fresh, setFresh] = useState('')
  const [again, setAgain] = useState('')
  const change = useChangePassword()
  const differs = again !== '' && again !== fresh
  const ready = old !== '' && fresh !== '' && again === fresh
  const send = (): void => change.mutate({ ...(login !== undefined && { login }), old, new: fresh }, { onSuccess: () => done(fresh) })
  return (
    <form className="sign-in-form" onSubmit={(event) => { event.preventDefault(); if (ready) send() }}>
      {change.error !== null && <Alert type="error" showIcon title={messageOf(change.error)} />}
      {known === undefined && <Box id="old-password" label="原密码" value={old} change={setOld} fresh={false} />}
      <Box id="new-password" label="新密码" value={fresh} change={setFresh} />
      <Box id="new-password-again" label="再输一遍新密码" value={again} change={setAgain} problem={differs ? '两次输入的新密码不一致' : null} />
      <p className="faint">不少于规定的位数，须含大小写字母、数字、符号中的几类，不要包含账号和手机号。修改后其他设备上的登录会结束。</p>
      <Button type="primary" htmlType="submit" size="large" block loading={change.isPending} disabled={!ready}>设置新密码</Button>
    </form>
  )
}
