import { useState } from 'react'
import { Input, Modal, Upload } from 'antd'
import { messageOf } from '#ui/api/failure.ts'
import { useMailCommand } from '../commands.ts'

const KINDS = {
  issuer: { title: '添加证书颁发者', label: '颁发者的证书', accept: '.pem,.crt,.cer,.der', command: 'add-trust', ok: '检查并添加', help: '颁发机构（CA）的证书，根证书或中间证书都可以；可一次粘贴几个。有中间证书的，建议一并添加，才能使用它的撤销列表。' },
  list: { title: '上传撤销列表', label: '撤销列表（CRL）', accept: '.crl,.pem,.der', command: 'add-revocations', ok: '检查并使用', help: '颁发机构定期发布的完整列表，须由上面某个颁发者签发；新的代替旧的。' },
} as const
export type UploadKind = keyof typeof KINDS

const PEM = '-----BEGIN'
const CHUNK = 8_192

/** What a file says: PEM as it is, DER as base64. */
async function contentOf(file: Blob): Promise<string> {
  const octets = new Uint8Array(await file.arrayBuffer())
  const text = new TextDecoder('latin1').decode(octets)
  if (text.includes(PEM)) return text
  let binary = ''
  for (let at = 0; at < octets.length; at += CHUNK) binary += String.fromCharCode(...octets.subarray(at, at + CHUNK))
  return btoa(binary)
}

const doneText = (kind: UploadKind, { names = [], name = '', count = 0 }: Done): string =>
  kind === 'list' ? `已使用“${name}”的撤销列表，共 ${count} 个被撤销的证书。` : names.length === 0 ? '这些颁发者已在列表中，没有变化。' : `已添加：${names.join('、')}。以后收到的邮件按此核验。`

type Done = { readonly names?: readonly string[]; readonly name?: string; readonly count?: number }

/** Certificates of issuers, or a list of what one has revoked; checked by the server before anything is kept. */
export function TrustUpload({ kind, close }: { readonly kind: UploadKind; readonly close: () => void }) {
  const [content, setContent] = useState('')
  const { title, label, accept, command, ok, help } = KINDS[kind]
  const upload = useMailCommand<{ content: string }, Done>(command)
  if (upload.isSuccess) return <Modal open title={title} okText="知道了" cancelButtonProps={{ style: { display: 'none' } }} onOk={close} onCancel={close}><p>{doneText(kind, upload.data)}</p></Modal>
  return (
    <Modal open title={title} width={640} okText={ok} cancelText="取消" confirmLoading={upload.isPending} okButtonProps={{ disabled: content.trim() === '' }} onCancel={close} onOk={() => upload.mutate({ content })}>
      <div className="mail-field">
        <div className="row"><strong className="grow">{label}</strong><Upload accept={accept} showUploadList={false} beforeUpload={(file) => { void contentOf(file).then(setContent); return false }}><button type="button" className="plain mail-link">从文件读取</button></Upload></div>
        <Input.TextArea aria-label={label} rows={7} value={content} spellCheck={false} autoComplete="off" className="mail-pem" onChange={({ target }) => setContent(target.value)} />
        <span className="faint">{help}</span>
        {upload.isError && <p className="problem" role="alert">{messageOf(upload.error)}</p>}
      </div>
    </Modal>
  )
}
