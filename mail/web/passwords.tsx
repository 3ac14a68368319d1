import { useState } from 'react'
import { Button, Checkbox, Input, Popconfirm } from 'antd'
import { messageOf } from '#ui/api/failure.ts'
import { momentText } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'
import type { AppPasswordWire } from '../api.ts'
import { useMailCommand } from './commands.ts'

const USES = [{ value: 'imap', label: '收信（IMAP）' }, { value: 'smtp', label: '发信（SMTP）' }, { value: 'pop', label: '下载（POP3）' }] as const

/** A new password: named, shown once. */
export function NewPassword() {
  const create = useMailCommand<{ name: string; protocols: string[] }, { password: string }>('create-password')
  const [name, setName] = useState('')
  const [uses, setUses] = useState<string[]>(['imap', 'smtp'])
  if (create.data !== undefined) {
    return (
      <div className="mail-secret" role="status">
        <p>专用密码已生成，<strong>只显示这一次</strong>，请现在填入客户端：</p>
        <code className="mail-password">{create.data.password}</code>
        <p className="faint">用户名填写您的邮件地址。遗失后不能找回，停用旧的再申请一个即可。</p>
        <Button onClick={() => { create.reset(); setName('') }}>我已填好</Button>
      </div>
    )
  }
  return (
    <form className="mail-new" onSubmit={(event) => { event.preventDefault(); create.mutate({ name: name.trim(), protocols: uses }) }}>
      <Input aria-label="用在哪里" placeholder="用在哪里，例如：办公室电脑" maxLength={50} value={name} onChange={(event) => setName(event.target.value)} />
      <Checkbox.Group aria-label="用途" options={[...USES]} value={uses} onChange={setUses} />
      <Button type="primary" htmlType="submit" disabled={name.trim() === '' || uses.length === 0} loading={create.isPending}>申请专用密码</Button>
      {create.isError && <p className="problem" role="alert">{messageOf(create.error)}</p>}
    </form>
  )
}

/** Passwords that are in use, each to be ended. */
export function Passwords({ items }: { readonly items: readonly AppPasswordWire[] }) {
  const revoke = useMailCommand<{ id: string }>('revoke-password')
  const now = useNow()
  if (items.length === 0) return <p className="faint">还没有专用密码。每台设备申请一个，设备遗失时单独停用，不影响其他设备和平台登录。</p>
  return (
    <ul className="mail-passwords">
      {items.map(({ id, name, protocols, createdAt, lastUsedAt, lastAddress }) => (
        <li key={id} className="row">
          <span className="grow"><strong>{name}</strong> <span className="quiet">{USES.filter(({ value }) => protocols.includes(value)).map(({ label }) => label).join('、')}</span><br />
            <span className="faint">{momentText(createdAt, now)} 申请 · {lastUsedAt === null ? '尚未使用' : `最近使用 ${momentText(lastUsedAt, now)}，来自 ${lastAddress}`}</span></span>
          <Popconfirm title={`停用“${name}”的专用密码？`} description="使用它的客户端将不能再收发邮件。" okText="停用" cancelText="取消" onConfirm={() => revoke.mutate({ id })}><Button danger>停用</Button></Popconfirm>
        </li>
      ))}
    </ul>
  )
}
