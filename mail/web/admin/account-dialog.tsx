import { useState } from 'react'
import { Button, Checkbox, Drawer, Input, InputNumber, Popconfirm } from 'antd'
import { messageOf } from '#ui/api/failure.ts'
import { PeopleSelect } from '#ui/engine/picker/people-select.tsx'
import { sizeText } from '#ui/lib/size.ts'
import type { AdminAccountWire } from '../../admin-api.ts'
import { useMailCommand } from '../commands.ts'
import { ADDRESS_KINDS, SOURCES } from './words.ts'

type Props = { readonly account: AdminAccountWire }
const GIB = 1024 ** 3

const Problem = ({ error }: { readonly error: unknown }) => (error === null ? null : <p className="problem" role="alert">{messageOf(error)}</p>)

function Addresses({ account: { id, address, aliases } }: Props) {
  const [typed, setTyped] = useState('')
  const add = useMailCommand<{ id: string; address: string }>('add-address')
  const remove = useMailCommand<{ id: string; address: string }>('remove-address')
  return (
    <section aria-label="地址">
      <h3>地址</h3>
      <ul><li>{address} <span className="faint">主地址</span></li>{aliases.map((alias) => <li key={alias.address}><span className="grow">{alias.address} <span className="faint">{ADDRESS_KINDS[alias.kind]}</span></span><Button type="text" danger onClick={() => remove.mutate({ id, address: alias.address })}>移除</Button></li>)}</ul>
      <form className="row" onSubmit={(event) => { event.preventDefault(); add.mutate({ id, address: typed.trim() }, { onSuccess: () => setTyped('') }) }}><Input aria-label="新地址" placeholder="别名@域名" value={typed} onChange={(event) => setTyped(event.target.value)} /><Button htmlType="submit" disabled={typed.trim() === ''}>添加</Button></form>
      <Problem error={add.error ?? remove.error} />
    </section>
  )
}

function Quota({ account: { id, quota, quotaFixed, used } }: Props) {
  const [typed, setTyped] = useState<number | null>(Math.round((quota / GIB) * 10) / 10)
  const save = useMailCommand<{ id: string; gigabytes: number | null }>('set-quota')
  return (
    <section aria-label="容量">
      <h3>容量</h3>
      <p className="quiet">已用 {sizeText(used)}，容量 {sizeText(quota)}（{quotaFixed ? '管理员设定' : '按职级'}）</p>
      <div className="row"><InputNumber aria-label="容量（GB）" min={0.1} max={10_000} value={typed} onChange={setTyped} suffix="GB" style={{ width: 140 }} /><Button disabled={typed === null} loading={save.isPending} onClick={() => save.mutate({ id, gigabytes: typed })}>保存</Button>{quotaFixed && <Button type="text" onClick={() => save.mutate({ id, gigabytes: null })}>恢复按职级</Button>}</div>
      <Problem error={save.error} />
    </section>
  )
}

function Readers({ account: { id, status, readers } }: Props) {
  const [person, setPerson] = useState<{ readonly id: string; readonly names: Readonly<Record<string, string>> }>({ id: '', names: {} })
  const [maySend, setMaySend] = useState(false)
  const grant = useMailCommand<{ id: string; personId: string; maySend: boolean }>('grant-reader')
  const revoke = useMailCommand<{ id: string; personId: string }>('revoke-reader')
  return (
    <section aria-label="谁可以查看">
      <h3>{status === 'kept' ? '交接给' : '谁可以查看'}</h3>
      <ul>{readers.map((reader) => <li key={reader.personId}><span className="grow">{reader.name} <span className="faint">{SOURCES[reader.source]}{reader.maySend && '，可代发'}</span></span>{reader.source !== 'role' && <Button type="text" danger onClick={() => revoke.mutate({ id, personId: reader.personId })}>收回</Button>}</li>)}</ul>
      <PeopleSelect title="选择人员" several={false} identity="person" value={person.id === '' ? [] : [person.id]} labels={person.names} change={([chosen = ''], names) => setPerson({ id: chosen, names })} />
      <div className="row"><Checkbox checked={maySend} onChange={(event) => setMaySend(event.target.checked)}>可以用它的名义发信</Checkbox><Button disabled={person.id === ''} loading={grant.isPending} onClick={() => grant.mutate({ id, personId: person.id, maySend }, { onSuccess: () => setPerson({ id: '', names: {} }) })}>{status === 'kept' ? '交接' : '授权'}</Button></div>
      <Problem error={grant.error ?? revoke.error} />
    </section>
  )
}

/** One mailbox: addresses, room, who reads it, on or off. */
export function AccountDialog({ account, close }: Props & { readonly close: () => void }) {
  const state = useMailCommand<{ id: string; on: boolean }>('set-state')
  const off = account.status === 'off'
  return (
    <Drawer open title={account.name} size={460} onClose={close} extra={<Popconfirm title={off ? '启用这个邮箱？' : '停用这个邮箱？'} description={off ? undefined : '停用后不能登录和查看，发来的邮件将被退回；已有邮件保留。'} okText={off ? '启用' : '停用'} cancelText="取消" onConfirm={() => state.mutate({ id: account.id, on: off })}><Button danger={!off} loading={state.isPending}>{off ? '启用' : '停用'}</Button></Popconfirm>}>
      <div className="mail-detail"><Problem error={state.error} /><Addresses account={account} /><Quota key={account.quota} account={account} /><Readers account={account} /></div>
    </Drawer>
  )
}
