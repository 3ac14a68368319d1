import { useState } from 'react'
import { messageOf } from '#ui/api/failure.ts'
import { useChangePassword } from '#ui/api/session.ts'

interface Props {
  /** Whose password, when it has expired and there is no session. */
  readonly login?: string
  /** The old one, when it has just been typed for signing in. */
  readonly old?: string
  readonly done: (password: string) => void
}

const Box = ({ id, label, value, change, fresh = true }: { readonly id: string; readonly label: string; readonly value: string; readonly change: (value: string) => void; readonly fresh?: boolean }) => (
  <div>
    <label htmlFor={id} className="p-label">{label}</label>
    <input id={id} type="password" className="p-input" autoComplete={fresh ? 'new-password' : 'current-password'} value={value} onChange={(event) => change(event.target.value)} />
  </div>
)

/** Old password, new one twice; the server says what is wrong with a new one. */
export function PasswordForm({ login, old: known, done }: Props) {
  const [old, setOld] = useState(known ?? '')
  const [fresh, setFresh] = useState('')
  const [again, setAgain] = useState('')
  const change = useChangePassword()
  const ready = old !== '' && fresh !== '' && again === fresh
  const send = (): void => change.mutate({ ...(login !== undefined && { login }), old, new: fresh }, { onSuccess: () => done(fresh) })
  return (
    <form className="p-sign-form" onSubmit={(event) => { event.preventDefault(); if (ready) send() }}>
      {change.error !== null && <p className="p-alert" role="alert">{messageOf(change.error)}</p>}
      {known === undefined && <Box id="old-password" label="原密码" value={old} change={setOld} fresh={false} />}
      <Box id="new-password" label="新密码" value={fresh} change={setFresh} />
      <Box id="new-password-again" label="再输一遍新密码" value={again} change={setAgain} />
      {again !== '' && again !== fresh && <p className="problem" role="alert">两次输入的新密码不一致</p>}
      <p className="p-help">须含大小写字母、数字、符号中的几类，不要包含账号和手机号。修改后其他设备上的登录会结束。</p>
      <button type="submit" className="p-button" data-tone="primary" disabled={!ready || change.isPending}>设置新密码</button>
    </form>
  )
}
