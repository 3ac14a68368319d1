import { useState } from 'react'
import { Button, Input, Progress, Select } from 'antd'
import { DeleteOutlined, EditOutlined, FolderOutlined, InboxOutlined, SendOutlined, ShareAltOutlined, StopOutlined, ContainerOutlined, TeamOutlined } from '@ant-design/icons'
import { Empty, FailureView, Loaded, Loading } from '#ui/components/states.tsx'
import { TabRow } from '#ui/engine/list/list-tabs.tsx'
import { More } from '#ui/engine/list/more.tsx'
import { sizeText } from '#ui/lib/size.ts'
import type { FolderWire, MailAccountWire, SharedFolderWire } from '../api.ts'
import { Lines } from './lines.tsx'
import { type Folders, useFolders, useMessages, WHICH, type Which } from './queries.ts'
import { Reading } from './reading.tsx'
import { Sharing } from './sharing.tsx'
import { folderName, isOutgoing } from './texts.ts'
import { type Place, usePlace } from './use-place.ts'
import '#ui/engine/list/list.css'
import './mail.css'

const ICONS = { Drafts: <EditOutlined />, Sent: <SendOutlined />, Archive: <ContainerOutlined />, Junk: <StopOutlined />, Trash: <DeleteOutlined /> } as const
const iconOf = ({ name, special }: FolderWire) => (name === 'INBOX' ? <InboxOutlined /> : special === null ? <FolderOutlined /> : ICONS[special])

type Change = (part: Partial<Place>) => void

const Room = ({ account: { quota, used } }: { readonly account: MailAccountWire }) => (
  <div className="mail-room faint"><Progress percent={quota === 0 ? 100 : Math.min(100, (used / quota) * 100)} showInfo={false} size="small" aria-label="邮箱容量" status={used > quota * 0.9 ? 'exception' : 'normal'} />已用 {sizeText(used)} / {sizeText(quota)}</div>
)

const accountLabel = ({ name, kind, kept, whole }: MailAccountWire): string => `${name}${whole ? (kind === 'person' ? '' : '（单位邮箱）') : '（共享）'}${kept ? '（已离任）' : ''}`

const Unread = ({ count }: { readonly count: number }) => (count > 0 ? <span className="count" aria-label={`${count} 封未读`}>{count > 999 ? '999+' : count}</span> : null)

/** Folders of others, by whose they are. */
const Shared = ({ items, change }: { readonly items: readonly SharedFolderWire[]; readonly change: Change }) =>
  items.length === 0 ? null : (
    <>
      <h2 className="mail-side-title faint">他人共享</h2>
      <ul>{items.map((one) => <li key={one.id}><button type="button" className="plain mail-folder" title={`${one.owner}：${folderName(one)}`} onClick={() => change({ account: one.account, folder: one.id })}><TeamOutlined /><span className="grow cut">{one.owner} · {folderName(one)}</span><Unread count={one.unseen} /></button></li>)}</ul>
    </>
  )

const Side = ({ folders: { account, accounts, items, shared }, open, change }: { readonly folders: Folders; readonly open: number; readonly change: Change }) => (
  <nav className="mail-side no-print" aria-label="邮件夹">
    {accounts.length > 1
      ? <Select aria-label="邮箱" className="mail-accounts" value={account.id} options={accounts.map((one) => ({ value: one.id, label: accountLabel(one) }))} onChange={(id) => change({ account: id })} />
      : <strong className="mail-accounts cut" title={account.address}>{account.name}</strong>}
    <span className="mail-address faint cut" title={account.address}>{account.address}</span>
    <ul>{items.map((folder) => (
      <li key={folder.id}><button type="button" className="plain mail-folder" aria-current={folder.id === open || undefined} onClick={() => change({ folder: folder.id })}>
        {iconOf(folder)}<span className="grow cut">{folderName(folder)}</span>{folder.shared && <TeamOutlined className="faint" aria-label="已共享" />}{folder.special !== 'Trash' && <Unread count={folder.unseen} />}
      </button></li>
    ))}</ul>
    <Shared items={shared.filter((one) => one.account !== account.id)} change={change} />
    {account.whole && <Room account={account} />}
  </nav>
)

function Nothing({ place, change }: { readonly place: Place; readonly change: Change }) {
  if (place.search !== '' || place.which !== 'all') return <Empty title="没有符合条件的邮件"><Button onClick={() => change({ search: '', which: 'all' })}>清除条件</Button></Empty>
  return <Empty title="这个邮件夹是空的">新邮件到达后会显示在这里，也可以用邮件客户端收取。</Empty>
}

function Middle({ folder, place, change }: { readonly folder: FolderWire; readonly place: Place; readonly change: Change }) {
  const messages = useMessages(folder.id, place.which, place.search)
  const [sharing, setSharing] = useState(false)
  const at = messages.items.findIndex(({ uid }) => uid === place.open)
  const step = (by: 1 | -1): void => {
    const next = messages.items[at + by]
    if (next !== undefined) change({ open: next.uid })
    if (at + by >= messages.items.length - 3 && messages.hasNextPage) void messages.fetchNextPage()
  }
  return (
    <>
      <section className="mail-list" aria-label={folderName(folder)}>
        <div className="mail-tools no-print" role="search"><Input.Search key={`${folder.id} ${place.search}`} aria-label="搜索邮件" placeholder={`在${folderName(folder)}中搜索`} allowClear defaultValue={place.search} maxLength={100} onSearch={(search) => change({ search })} />{folder.rights.includes('a') && <Button type="text" icon={<ShareAltOutlined />} onClick={() => setSharing(true)}>共享…</Button>}</div>
        <div className="mail-which"><TabRow label="筛选" tabs={Object.entries(WHICH).map(([key, label]) => ({ key, label, count: key === 'unread' && folder.unseen > 0 ? folder.unseen : undefined }))} active={place.which} choose={(which) => change({ which: which as Which })} /></div>
        {messages.isError && messages.data === undefined ? <FailureView error={messages.error} retry={() => void messages.refetch()} /> : messages.data === undefined ? <Loading lines={12} /> : (
          <div className="list-scroll" aria-busy={messages.isPlaceholderData}>
            {messages.items.length === 0 ? <Nothing place={place} change={change} /> : <><Lines items={messages.items} open={place.open} choose={(open) => change({ open })} outgoing={isOutgoing(folder)} /><More of={messages} count={messages.items.length} /></>}
          </div>
        )}
      </section>
      {sharing && <Sharing folder={folder} close={() => setSharing(false)} />}
      <div className="mail-pane">
        {place.open === null ? <Empty title="选择一封邮件阅读">↑ ↓ 移动，回车打开</Empty> : <Reading mailbox={folder.id} uid={place.open} close={() => change({ open: null })} step={step} place={at < 0 ? null : { at: at + 1, of: messages.items.length }} />}
      </div>
    </>
  )
}

/** The mail of a person: folders, messages, and the one that is open. It reads and marks; writing belongs to mail programs. */
export default function MailPage() {
  const [place, change] = usePlace()
  const folders = useFolders(place.account)
  return (
    <div className="list-page">
      <h1 className="unseen">邮件</h1>
      <Loaded of={folders} lines={12}>
        {(data) => {
          const folder = data.items.find(({ id }) => id === place.folder) ?? data.items[0]
          return <div className="mail">{<Side folders={data} open={folder?.id ?? 0} change={change} />}{folder === undefined ? <Empty title="这个邮箱还没有邮件夹" /> : <Middle key={folder.id} folder={folder} place={place} change={change} />}</div>
        }}
      </Loaded>
    </div>
  )
}
