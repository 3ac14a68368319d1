import { useState } from 'react'
import { Page } from '#ui/phone/frame/page.tsx'
import { PasswordForm } from './password-form.tsx'

/** Changing the password while signed in. */
export function PasswordPage() {
  const [done, setDone] = useState(false)
  return (
    <Page title="修改密码" home="/me">
      <section className="p-card p-pad">{done ? <p role="status">新密码已生效，其他设备上的登录已结束。</p> : <PasswordForm done={() => setDone(true)} />}</section>
    </Page>
  )
}
