import { useState } from 'react'
import { Button, Popconfirm } from 'antd'
import { messageOf } from '#ui/api/failure.ts'
import { Tag } from '#ui/components/tag.tsx'
import { exactMoment } from '#ui/lib/moment.ts'
import type { CertificateWire, KeptCertificateWire } from '../../admin-api.ts'
import { useMailCommand } from '../commands.ts'
import { CertificateUpload } from './certificate-upload.tsx'

const SOON_DAYS = 30
const SOURCES = { uploaded: '在此上传', settings: '安装设置（TLS_CERT）', own: '系统自动生成' } as const

const Left = ({ days }: { readonly days: number }) => <Tag tone={days < 0 ? 'seal' : days < SOON_DAYS ? 'amber' : 'green'}>{days < 0 ? '已过期' : days < SOON_DAYS ? `即将到期，剩 ${days} 天` : `剩 ${days} 天`}</Tag>

function Shown({ certificate: { source, subject, issuer, names, validTo, daysLeft, selfSigned, covers }, host }: { readonly certificate: CertificateWire; readonly host: string }) {
  return (
    <>
      <dl className="mail-sums mail-facts">
        <div><dt>适用名称</dt><dd>{names.join('、') || subject}</dd></div>
        <div><dt>签发者</dt><dd>{selfSigned ? '自签名' : issuer}</dd></div>
        <div><dt>有效期至</dt><dd>{exactMoment(validTo)} <Left days={daysLeft} /></dd></div>
        <div><dt>来源</dt><dd>{SOURCES[source]}</dd></div>
      </dl>
      {daysLeft < SOON_DAYS && <p className="mail-warning" role="alert">{daysLeft < 0 ? '证书已过期，邮件客户端不能正常连接。请尽快上传新的证书。' : '证书即将到期，请提前申请并上传新的证书。'}</p>}
      {selfSigned && <p className="mail-warning">自签名证书会让邮件客户端提示“不受信任”。请上传由受信任机构签发、适用于 {host} 的证书。</p>}
      {!covers && !selfSigned && <p className="mail-warning">证书不包括本服务器的名称 {host}，邮件客户端会提示名称不符。</p>}
    </>
  )
}

function Kept({ items }: { readonly items: readonly KeptCertificateWire[] }) {
  const use = useMailCommand<{ id: string | null }>('activate-certificate')
  const remove = useMailCommand<{ id: string }>('remove-certificate')
  const failed = use.error ?? remove.error
  return (
    <>
      {failed !== null && <p className="problem state-small" role="alert">{messageOf(failed)}</p>}
      <div className="mail-wide"><table className="grid" aria-label="已上传的证书">
        <thead><tr><th>适用名称</th><th>签发者</th><th>有效期至</th><th>状态</th><th>上传</th><th>操作</th></tr></thead>
        <tbody>{items.map(({ id, names, subject, issuer, validTo, daysLeft, fingerprint, active, uploadedAt, uploadedBy }) => (
          <tr key={id}>
            <td title={`指纹（SHA-256）${fingerprint}`}>{names.join('、') || subject}</td><td title={issuer}>{issuer}</td><td>{validTo.slice(0, 10)} <Left days={daysLeft} /></td><td>{active ? <Tag tone="green">使用中</Tag> : <Tag>未使用</Tag>}</td><td>{exactMoment(uploadedAt)} {uploadedBy}</td>
            <td>{active
              ? <Popconfirm title="停用这个证书？" description="改用安装设置中的证书；没有设置时用自动生成的证书。已有连接不受影响。" okText="停用" cancelText="取消" onConfirm={() => use.mutate({ id: null })}><Button type="link">停用</Button></Popconfirm>
              : <><Button type="link" disabled={daysLeft < 0} onClick={() => use.mutate({ id })}>启用</Button><Popconfirm title="删除这个证书？" description="证书和私钥一并删除，不能恢复。" okText="删除" cancelText="取消" onConfirm={() => remove.mutate({ id })}><Button type="link" danger>删除</Button></Popconfirm></>}</td>
          </tr>
        ))}</tbody>
      </table></div>
    </>
  )
}

/** The certificate the servers show, those that are kept, and a new one. */
export function Certificates({ host, shown, kept }: { readonly host: string; readonly shown: CertificateWire | null; readonly kept: readonly KeptCertificateWire[] }) {
  const [uploading, setUploading] = useState(false)
  return (
    <section className="card" aria-label="证书">
      <header className="card-head"><h2>加密证书</h2><Button onClick={() => setUploading(true)}>上传证书</Button></header>
      {shown === null ? <p className="state-small faint">还没有证书；开启任一邮件端口后会自动生成。</p> : <Shown certificate={shown} host={host} />}
      {kept.length > 0 && <Kept items={kept} />}
      {uploading && <CertificateUpload host={host} close={() => setUploading(false)} />}
    </section>
  )
}
