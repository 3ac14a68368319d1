import { useState } from 'react'
import { Checkbox, Input, Modal, Upload } from 'antd'
import { messageOf } from '#ui/api/failure.ts'
import { useMailCommand } from '../commands.ts'

const REMARKS = { 'self-signed': '这是自签名证书，邮件客户端会提示不受信任。', alone: '只有服务器证书，没有中间证书；部分客户端可能提示不受信任，建议补上中间证书后重新上传。' } as const
type Done = { readonly remarks: readonly (keyof typeof REMARKS)[] }

/** A text typed, pasted or read from a file, which stays in the browser until it is sent. */
function Pem({ label, help, value, change }: { readonly label: string; readonly help: string; readonly value: string; readonly change: (text: string) => void }) {
  return (
    <div className="mail-field">
      <div className="row"><strong className="grow">{label}</strong><Upload accept=".pem,.crt,.cer,.key,.txt" showUploadList={false} beforeUpload={(file) => { void file.text().then(change); return false }}><button type="button" className="plain mail-link">从文件读取</button></Upload></div>
      <Input.TextArea aria-label={label} rows={6} value={value} spellCheck={false} autoComplete="off" className="mail-pem" onChange={({ target }) => change(target.value)} />
      <span className="faint">{help}</span>
    </div>
  )
}

/** Chain and key of a new certificate; checked by the server, in use at once. */
export function CertificateUpload({ host, close }: { readonly host: string; readonly close: () => void }) {
  const [chain, setChain] = useState('')
  const [key, setKey] = useState('')
  const [anyName, setAnyName] = useState(false)
  const upload = useMailCommand<{ chain: string; key: string; anyName: boolean }, Done>('upload-certificate')
  const remarks = upload.data?.remarks ?? []
  const send = (): void => upload.mutate({ chain, key, anyName }, { onSuccess: ({ remarks: found }) => { setKey(''); if (found.length === 0) close() } })
  if (upload.isSuccess) return <Modal open title="证书已启用" okText="知道了" cancelButtonProps={{ style: { display: 'none' } }} onOk={close} onCancel={close}>{remarks.map((one) => <p key={one} className="mail-warning">{REMARKS[one]}</p>)}</Modal>
  return (
    <Modal open title="上传证书" width={640} okText="检查并启用" cancelText="取消" confirmLoading={upload.isPending} okButtonProps={{ disabled: chain.trim() === '' || key.trim() === '' }} onCancel={close} onOk={send}>
      <div className="mail-body">
        <p className="quiet">证书应适用于 <strong>{host}</strong>。检查通过后立即启用，已有连接不会断开。</p>
        <Pem label="证书链" help="PEM 格式：服务器证书在最前，后面依次是签发它的中间证书。" value={chain} change={setChain} />
        <Pem label="私钥" help="PEM 格式，不带密码。私钥加密保存，以后不再显示。" value={key} change={setKey} />
        <Checkbox checked={anyName} onChange={({ target }) => setAnyName(target.checked)}>名称不一致也使用</Checkbox>
        {upload.isError && <p className="problem" role="alert">{messageOf(upload.error)}</p>}
      </div>
    </Modal>
  )
}
