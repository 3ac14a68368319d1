import { useState } from 'react'
import { Checkbox, Input, InputNumber, Modal, Select, Upload } from 'antd'
import { decoded } from '#base/csv.ts'
import { messageOf } from '#ui/api/failure.ts'
import { useMailCommand } from '../commands.ts'

const PORTS = { tls: 993, starttls: 143, none: 143 } as const
type Security = keyof typeof PORTS
const WAYS: readonly { readonly value: Security; readonly label: string }[] = [{ value: 'tls', label: '加密（SSL/TLS）' }, { value: 'starttls', label: '加密（STARTTLS）' }, { value: 'none', label: '不加密（仅限内网）' }]
type Wish = { readonly title: string; readonly host: string; readonly port: number; readonly security: Security; readonly anyCertificate: boolean; readonly accounts: string }

/** Where mail comes from and whose it is. The passwords leave this dialogue for the server alone. */
export function NewMigration({ close, started }: { readonly close: () => void; readonly started: (id: string) => void }) {
  const [wish, setWish] = useState<Wish>({ title: '', host: '', port: PORTS.tls, security: 'tls', anyCertificate: false, accounts: '' })
  const start = useMailCommand<Wish, { id: string }>('start-migration')
  const set = (part: Partial<Wish>): void => setWish({ ...wish, ...part })
  return (
    <Modal open title="新建迁移" width={640} okText="开始迁移" cancelText="取消" confirmLoading={start.isPending} onCancel={close} onOk={() => start.mutate(wish, { onSuccess: ({ id }) => started(id) })}>
      <div className="mail-body mail-form">
        <label>名称<Input aria-label="名称" maxLength={100} placeholder="例如：区财政局旧邮箱" value={wish.title} onChange={({ target }) => set({ title: target.value })} /></label>
        <label>原服务器<Input aria-label="原服务器" placeholder="mail.old.example" value={wish.host} onChange={({ target }) => set({ host: target.value })} /></label>
        <div className="mail-days">
          <label>加密<Select aria-label="加密" style={{ width: 180 }} value={wish.security} options={[...WAYS]} onChange={(security) => set({ security, port: PORTS[security] })} /></label>
          <label>端口<InputNumber aria-label="端口" min={1} max={65_535} value={wish.port} onChange={(port) => set({ port: port ?? PORTS[wish.security] })} style={{ width: 100 }} /></label>
        </div>
        {wish.security !== 'none' && <Checkbox checked={wish.anyCertificate} onChange={({ target }) => set({ anyCertificate: target.checked })}>不核对原服务器的证书（仅限内网）</Checkbox>}
        <div className="mail-field">
          <div className="row"><strong className="grow">账号清单</strong><Upload accept=".csv,.txt" showUploadList={false} beforeUpload={(file) => { void file.arrayBuffer().then((bytes) => set({ accounts: decoded(bytes) })); return false }}><button type="button" className="plain mail-link">从 CSV 文件读取</button></Upload></div>
          <Input.TextArea aria-label="账号清单" rows={7} spellCheck={false} autoComplete="off" className="mail-pem" placeholder={'本系统地址,原账号,原密码\nzhangsan@mail.example.gov.cn,zhangsan,********'} value={wish.accounts} onChange={({ target }) => set({ accounts: target.value })} />
          <span className="faint">一行一个账号，依次为本系统地址、原账号、原密码。密码加密保存，账号迁完或迁移结束即清除。原服务器上的邮件不变。</span>
        </div>
        {start.isError && <p className="problem" role="alert">{messageOf(start.error)}</p>}
      </div>
    </Modal>
  )
}
