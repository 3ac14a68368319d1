import { useState } from 'react'
import { Button } from 'antd'
import { Empty, Loaded } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { exactMoment } from '#ui/lib/moment.ts'
import { sizeText } from '#ui/lib/size.ts'
import type { MigrationWire } from '../../migration-api.ts'
import { useMigrations } from '../migration-queries.ts'
import { MigrationDetail } from './migration-detail.tsx'
import { stateOf } from './migration-state.ts'
import { NewMigration } from './migration-new.tsx'

const Line = ({ one, open }: { readonly one: MigrationWire; readonly open: () => void }) => {
  const [tone, word] = stateOf(one)
  return (
    <tr tabIndex={0} onClick={open} onKeyDown={(event) => { if (event.key === 'Enter') open() }}>
      <td>{one.title}</td><td>{one.host}:{one.port}</td><td><Tag tone={tone}>{word}</Tag></td><td data-right>{one.done} / {one.accounts}</td><td data-right>{one.failed > 0 ? <span className="problem">{one.failed}</span> : 0}</td>
      <td data-right>{(one.added + one.there).toLocaleString()}</td><td data-right>{sizeText(one.octets)}</td><td>{exactMoment(one.createdAt)} {one.createdBy}</td>
    </tr>
  )
}

/** Mailboxes brought over from other servers. */
export function Migrations() {
  const found = useMigrations()
  const [open, setOpen] = useState<string | null>(null)
  const [adding, setAdding] = useState(false)
  const opened = found.data?.items.find(({ id }) => id === open)
  if (opened !== undefined) return <MigrationDetail migration={opened} close={() => setOpen(null)} />
  return (
    <>
      <div><Button type="primary" onClick={() => setAdding(true)}>新建迁移</Button></div>
      <Loaded of={found} lines={6}>
        {({ items }) => items.length === 0 ? <section className="card"><Empty title="还没有迁移">把原邮件服务器上的邮件经 IMAP 迁入本系统：准备好账号清单，新建迁移即可；在后台进行，可随时暂停。</Empty></section> : (
          <section className="card" aria-label="迁移"><div className="mail-wide"><table className="grid mail-choose">
            <thead><tr><th>名称</th><th>原服务器</th><th>状态</th><th data-right>完成账号</th><th data-right>失败</th><th data-right>邮件</th><th data-right>大小</th><th>新建</th></tr></thead>
            <tbody>{items.map((one) => <Line key={one.id} one={one} open={() => setOpen(one.id)} />)}</tbody>
          </table></div></section>
        )}
      </Loaded>
      {adding && <NewMigration close={() => setAdding(false)} started={(id) => { setAdding(false); setOpen(id) }} />}
    </>
  )
}
