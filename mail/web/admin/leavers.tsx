import { useState } from 'react'
import { Button, DatePicker } from 'antd'
import dayjs from 'dayjs'
import { messageOf } from '#ui/api/failure.ts'
import { Empty, FailureView, Loading } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { More } from '#ui/engine/list/more.tsx'
import { sizeText } from '#ui/lib/size.ts'
import type { AdminAccountWire } from '../../admin-api.ts'
import { useAccounts, useMailCommand } from '../commands.ts'
import { AccountDialog } from './account-dialog.tsx'

const DAY = 'YYYY-MM-DD'
const presets = () => [1, 2, 5].map((years) => ({ label: `${years} 年`, value: dayjs().add(years, 'year') }))

function Row({ account: { name, address, statusAt, keepUntil, messages, used, readers }, open, keep }: { readonly account: AdminAccountWire; readonly open: () => void; readonly keep: (until: string | null) => void }) {
  const heirs = readers.filter(({ source }) => source === 'hand-over').map((reader) => reader.name)
  return (
    <tr>
      <td>{name}</td><td title={address}>{address}</td><td>{statusAt?.slice(0, 10) ?? '—'}</td><td data-right>{messages.toLocaleString()}</td><td data-right>{sizeText(used)}</td>
      <td>{heirs.length === 0 ? <Tag tone="amber">未交接</Tag> : heirs.join('、')}</td>
      <td><DatePicker aria-label={`${name} 保留至`} placeholder="一直保留" presets={presets()} minDate={dayjs()} value={keepUntil === null ? null : dayjs(keepUntil)} onChange={(day: dayjs.Dayjs | null) => keep(day?.format(DAY) ?? null)} /></td>
      <td><Button type="link" onClick={open}>交接</Button></td>
    </tr>
  )
}

/** Mailboxes of people who have left: to whom they go, and how long they are kept. */
export function Leavers() {
  const [open, setOpen] = useState<string | null>(null)
  const accounts = useAccounts({ search: '', kind: 'person', status: 'kept' })
  const keep = useMailCommand<{ id: string; until: string | null }>('keep-until')
  const opened = accounts.items.find(({ id }) => id === open)
  return (
    <>
      <p className="quiet">离任人员的邮箱照常收信，但不能登录；交接给指定的人查看。过了保留期限自动停用，来信退回，已有邮件仍在，需要时可在“邮箱”中重新启用。</p>
      {keep.isError && <p className="problem" role="alert">{messageOf(keep.error)}</p>}
      <section className="card" aria-label="离任邮箱">
        {accounts.isError && accounts.data === undefined ? <FailureView error={accounts.error} retry={() => void accounts.refetch()} /> : accounts.data === undefined ? <Loading lines={8} /> : accounts.items.length === 0 ? <Empty title="没有离任人员的邮箱" small /> : (
          <div className="mail-wide"><table className="grid">
            <thead><tr><th>姓名</th><th>地址</th><th>离任</th><th data-right>邮件</th><th data-right>已用</th><th>交接给</th><th>保留至</th><th>操作</th></tr></thead>
            <tbody>{accounts.items.map((account) => <Row key={account.id} account={account} open={() => setOpen(account.id)} keep={(until) => keep.mutate({ id: account.id, until })} />)}</tbody>
          </table><More of={accounts} count={accounts.items.length} /></div>
        )}
      </section>
      {opened !== undefined && <AccountDialog account={opened} close={() => setOpen(null)} />}
    </>
  )
}
