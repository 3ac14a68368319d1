import { useState } from 'react'
import { Button, Input, Modal, Popconfirm, Select, Switch } from 'antd'
import { messageOf } from '#ui/api/failure.ts'
import { Empty, Loaded } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'
import type { MailListWire } from '../../admin-api.ts'
import { useLists, useMailCommand } from '../commands.ts'

const POSTING = { anyone: '任何人', inside: '本系统人员', members: '仅成员' } as const
type Edited = Omit<MailListWire, 'id' | 'members'> & { readonly id?: string; readonly members: string }

const membersOf = (text: string): readonly string[] => [...new Set(text.split(/[\s,;，；、]+/u).map((one) => one.toLowerCase()).filter((one) => one !== ''))]

function Editor({ list, close }: { readonly list: Edited; readonly close: () => void }) {
  const [edited, setEdited] = useState(list)
  const save = useMailCommand<object>('save-list')
  const set = (part: Partial<Edited>): void => setEdited({ ...edited, ...part })
  return (
    <Modal open title={list.id === undefined ? '新建邮件列表' : '修改邮件列表'} okText="保存" cancelText="取消" confirmLoading={save.isPending} onCancel={close} onOk={() => save.mutate({ ...edited, members: membersOf(edited.members) }, { onSuccess: close })}>
      <div className="mail-body">
        <label>名称<Input value={edited.name} maxLength={100} onChange={(event) => set({ name: event.target.value })} /></label>
        <label>地址<Input value={edited.address} placeholder="bangong@mail.example.gov.cn" onChange={(event) => set({ address: event.target.value })} /></label>
        <label>谁可以发信<Select style={{ width: '100%' }} value={edited.posting} options={Object.entries(POSTING).map(([value, label]) => ({ value: value as MailListWire['posting'], label }))} onChange={(posting) => set({ posting })} /></label>
        <label>成员地址（一行一个）<Input.TextArea rows={8} value={edited.members} onChange={(event) => set({ members: event.target.value })} /></label>
        <label className="row">启用<Switch checked={edited.active} onChange={(active) => set({ active })} /></label>
        {save.isError && <p className="problem" role="alert">{messageOf(save.error)}</p>}
      </div>
    </Modal>
  )
}

const NEW: Edited = { name: '', address: '', posting: 'inside', active: true, members: '' }

/** Addresses that stand for several. */
export function Lists() {
  const lists = useLists()
  const remove = useMailCommand<{ id: string }>('remove-list')
  const [edited, setEdited] = useState<Edited | null>(null)
  return (
    <>
      <div><Button type="primary" onClick={() => setEdited(NEW)}>新建邮件列表</Button></div>
      <Loaded of={lists} lines={6}>
        {({ items }) => items.length === 0 ? <section className="card"><Empty title="还没有邮件列表">邮件列表把发到一个地址的邮件分发给所有成员，例如“各单位办公室”。</Empty></section> : (
          <section className="card" aria-label="邮件列表"><div className="mail-wide"><table className="grid">
            <thead><tr><th>名称</th><th>地址</th><th>成员</th><th>谁可以发信</th><th>状态</th><th>操作</th></tr></thead>
            <tbody>{items.map((list) => (
              <tr key={list.id}><td>{list.name}</td><td title={list.address}>{list.address}</td><td>{list.members.length}</td><td>{POSTING[list.posting]}</td><td><Tag tone={list.active ? 'green' : 'plain'}>{list.active ? '启用' : '停用'}</Tag></td>
                <td><Button type="link" onClick={() => setEdited({ ...list, members: list.members.join('\n') })}>修改</Button><Popconfirm title={`删除“${list.name}”？`} description="发到该地址的邮件将被退回。" okText="删除" cancelText="取消" onConfirm={() => remove.mutate({ id: list.id })}><Button type="link" danger>删除</Button></Popconfirm></td></tr>
            ))}</tbody>
          </table></div></section>
        )}
      </Loaded>
      {edited !== null && <Editor list={edited} close={() => setEdited(null)} />}
    </>
  )
}
