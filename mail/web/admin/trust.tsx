import { useState } from 'react'
import { Button, Popconfirm } from 'antd'
import { messageOf } from '#ui/api/failure.ts'
import { Loaded } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { exactMoment } from '#ui/lib/moment.ts'
import type { AnchorWire } from '../../trust-api.ts'
import { useMailCommand, useTrust } from '../commands.ts'
import { TrustUpload, type UploadKind } from './trust-upload.tsx'

const SOON_DAYS = 30

function List({ list }: Pick<AnchorWire, 'list'>) {
  if (list === null) return <Tag tone="amber">没有</Tag>
  const due = list.to === null ? '' : exactMoment(list.to)
  return <span title={`${exactMoment(list.from)} 发布`}>{list.count} 个，{list.isOld ? <Tag tone="seal">{due} 已过更新时间</Tag> : <span className="faint">{due} 前更新</span>}</span>
}

function Line({ anchor: { name, issuer, fingerprint, validTo, daysLeft, list, addedAt, addedBy }, remove }: { readonly anchor: AnchorWire; readonly remove: () => void }) {
  return (
    <tr>
      <td title={`指纹（SHA-256）${fingerprint}`}>{name}<br /><span className="faint mail-small">{issuer === name ? '根证书' : `由 ${issuer} 颁发`} · {fingerprint.slice(0, 23)}…</span></td>
      <td>{validTo.slice(0, 10)} {daysLeft < SOON_DAYS && <Tag tone={daysLeft < 0 ? 'seal' : 'amber'}>{daysLeft < 0 ? '已过期' : `剩 ${daysLeft} 天`}</Tag>}</td>
      <td><List list={list} /></td>
      <td>{exactMoment(addedAt)} {addedBy}</td>
      <td><Popconfirm title={`不再信任“${name}”？`} description="以后收到的邮件，它颁发的证书不再可信；撤销列表一并删除。已核验的结果不变。" okText="移除" cancelText="取消" onConfirm={remove}><Button type="link" danger>移除</Button></Popconfirm></td>
    </tr>
  )
}

function Lines({ items }: { readonly items: readonly AnchorWire[] }) {
  const remove = useMailCommand<{ id: string }>('remove-trust')
  if (items.length === 0) return <p className="state-small faint">还没有信任的颁发者，收到的签名邮件一律显示“证书颁发者不在信任列表中”。请添加本市、本区使用的证书认证机构。</p>
  return (
    <>
      {remove.isError && <p className="problem state-small" role="alert">{messageOf(remove.error)}</p>}
      {items.some(({ list }) => list === null || list.isOld) && <p className="mail-warning">有的颁发者没有撤销列表，或列表已过更新时间；它颁发的证书会显示“撤销状态未知”。请上传最新的列表。</p>}
      <div className="mail-wide"><table className="grid mail-tall" aria-label="信任的证书颁发者">
        <thead><tr><th>颁发者</th><th>有效期至</th><th>撤销列表</th><th>添加</th><th>操作</th></tr></thead>
        <tbody>{items.map((anchor) => <Line key={anchor.id} anchor={anchor} remove={() => remove.mutate({ id: anchor.id })} />)}</tbody>
      </table></div>
    </>
  )
}

/** Issuers whose certificates are trusted for signatures of mail, with their lists of revoked ones. */
export function Trust() {
  const [uploading, setUploading] = useState<UploadKind | null>(null)
  return (
    <section className="card" aria-label="信任的颁发者">
      <header className="card-head"><h2>信任的证书颁发者 <span className="faint mail-small">核验收到邮件的数字签名（S/MIME）</span></h2><Button onClick={() => setUploading('list')}>上传撤销列表</Button><Button onClick={() => setUploading('issuer')}>添加颁发者</Button></header>
      <Loaded of={useTrust()} lines={3}>{({ items }) => <Lines items={items} />}</Loaded>
      {uploading !== null && <TrustUpload kind={uploading} close={() => setUploading(null)} />}
    </section>
  )
}
