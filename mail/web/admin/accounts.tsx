import { useState } from 'react'
import { Button, Input, Select } from 'antd'
import { Empty, FailureView, Loading } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { More } from '#ui/engine/list/more.tsx'
import { sizeText } from '#ui/lib/size.ts'
import type { AdminAccountWire } from '../../admin-api.ts'
import { useAccounts } from '../commands.ts'
import { AccountDialog } from './account-dialog.tsx'
import { NewShared } from './new-shared.tsx'
import { KINDS, STATUS } from './words.ts'

const Row = ({ account, open }: { readonly account: AdminAccountWire; readonly open: () => void }) => (
  <tr onClick={open}>
    <td><button type="button" className="plain" onClick={open}>{account.name}</button></td><td className="quiet">{KINDS[account.kind]}</td><td title={account.address}>{account.address}</td><td title={account.aliases.map(({ address }) => address).join('\n')}>{account.aliases.length}</td>
    <td data-right>{account.messages.toLocaleString()}</td><td data-right>{sizeText(account.used)} / {sizeText(account.quota)}{account.quotaFixed && ' *'}</td><td><Tag tone={STATUS[account.status].tone}>{STATUS[account.status].label}</Tag></td>
  </tr>
)

/** Every mailbox: found, opened, changed. */
export function Accounts() {
  const [filter, setFilter] = useState({ search: '', kind: '', status: '' })
  const [open, setOpen] = useState<string | null>(null)
  const [adding, setAdding] = useState(false)
  const accounts = useAccounts(filter)
  const opened = accounts.items.find(({ id }) => id === open)
  return (
    <>
      <div className="row" role="search">
        <Input.Search aria-label="查找邮箱" placeholder="姓名、单位、账号或地址" allowClear style={{ width: 260 }} onSearch={(search) => setFilter({ ...filter, search: search.trim() })} />
        <Select aria-label="类别" placeholder="类别" allowClear style={{ width: 130 }} options={Object.entries(KINDS).map(([value, label]) => ({ value, label }))} onChange={(kind?: string) => setFilter({ ...filter, kind: kind ?? '' })} />
        <Select aria-label="状态" placeholder="状态" allowClear style={{ width: 130 }} options={Object.entries(STATUS).map(([value, { label }]) => ({ value, label }))} onChange={(status?: string) => setFilter({ ...filter, status: status ?? '' })} />
        <span className="grow" /><Button onClick={() => setAdding(true)}>新建公共邮箱</Button>
      </div>
      <section className="card" aria-label="邮箱">
        {accounts.isError && accounts.data === undefined ? <FailureView error={accounts.error} retry={() => void accounts.refetch()} /> : accounts.data === undefined ? <Loading lines={10} /> : accounts.items.length === 0 ? <Empty title="没有符合条件的邮箱" /> : (
          <div className="mail-wide"><table className="grid">
            <thead><tr><th>名称</th><th>类别</th><th>主地址</th><th>其他地址</th><th data-right>邮件</th><th data-right>已用 / 容量</th><th>状态</th></tr></thead>
            <tbody>{accounts.items.map((account) => <Row key={account.id} account={account} open={() => setOpen(account.id)} />)}</tbody>
          </table><More of={accounts} count={accounts.items.length} /></div>
        )}
      </section>
      {opened !== undefined && <AccountDialog account={opened} close={() => setOpen(null)} />}
      {adding && <NewShared close={() => setAdding(false)} />}
    </>
  )
}
