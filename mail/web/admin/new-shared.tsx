import { useState } from 'react'
import { Input, Modal } from 'antd'
import { messageOf } from '#ui/api/failure.ts'
import { useMailCommand } from '../commands.ts'

/** A mailbox that belongs to no single person: 咨询, 值班. */
export function NewShared({ close }: { readonly close: () => void }) {
  const create = useMailCommand<{ name: string; address: string }>('create-shared')
  const [name, setName] = useState('')
  const [address, setAddress] = useState('')
  return (
    <Modal open title="新建公共邮箱" okText="新建" cancelText="取消" confirmLoading={create.isPending} onCancel={close} onOk={() => create.mutate({ name, address }, { onSuccess: close })}>
      <div className="mail-body">
        <label>名称<Input value={name} maxLength={100} placeholder="例如：总值班室" onChange={(event) => setName(event.target.value)} /></label>
        <label>地址<Input value={address} placeholder="zhiban@mail.example.gov.cn" onChange={(event) => setAddress(event.target.value)} /></label>
        {create.isError && <p className="problem" role="alert">{messageOf(create.error)}</p>}
        <p className="faint">新建后在邮箱详情中指定谁可以查看、谁可以用它的名义发信。</p>
      </div>
    </Modal>
  )
}
