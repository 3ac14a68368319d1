import { useState } from 'react'
import { Button } from 'antd'
import { useNavigate } from 'react-router'
import { useSession } from '#ui/api/session.ts'
import { Emblem } from '../frame/emblem.tsx'
import { PasswordForm } from './password-form.tsx'
import '../sign-in/sign-in.css'

/** Changing the password while signed in. */
export function PasswordPage() {
  const session = useSession()
  const navigate = useNavigate()
  const [done, setDone] = useState(false)
  const back = (): void => void navigate('/')
  return (
    <main className="sign-in">
      <section className="sign-in-panel">
        <header className="sign-in-name"><Emblem size={40} /><div><h1>修改密码</h1>{session.data !== undefined && <p className="quiet">{session.data.person.name}</p>}</div></header>
        {done ? <p role="status">新密码已生效，其他设备上的登录已结束。</p> : <PasswordForm done={() => setDone(true)} />}
        <p className="sign-in-help"><Button type="link" onClick={back}>{done ? '返回首页' : '暂不修改'}</Button></p>
      </section>
    </main>
  )
}
