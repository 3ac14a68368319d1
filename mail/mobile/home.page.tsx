import { useState } from 'react'
import { DownOutlined, PaperClipOutlined, SearchOutlined, StarFilled } from '@ant-design/icons'
import { Endless } from '#ui/phone/frame/endless.tsx'
import { Page } from '#ui/phone/frame/page.tsx'
import { Sheet } from '#ui/phone/frame/sheet.tsx'
import { Loaded } from '#ui/phone/frame/states.tsx'
import { Empty } from '#ui/components/quiet.tsx'
import { shortMoment } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'
import type { FolderWire, MailLineWire } from '../api.ts'
import { type Folders, useFolders, useMessages, WHICH, type Which } from '../web/queries.ts'
import { folderName, isOutgoing, subjectText } from '../web/texts.ts'
import { type Place, usePlace } from '../web/use-place.ts'
import { Reading } from './reading.tsx'
import './mail.css'

type Change = (part: Partial<Place>) => void

const Line = ({ line, outgoing, open }: { readonly line: MailLineWire; readonly outgoing: boolean; readonly open: () => void }) => (
  <button type="button" className="plain p-card p-line pm-line" data-unread={!line.seen || undefined} onClick={open}>
    <span className="row">{!line.seen && <span className="pm-dot" role="img" aria-label="未读" />}<span className="grow cut pm-who">{(outgoing ? line.to : line.from) || '（未填写）'}</span>
      {line.flagged && <StarFilled className="pm-star" aria-label="星标" />}{line.attachments > 0 && <PaperClipOutlined className="faint" aria-label={`${line.attachments} 个附件`} />}<time className="faint">{shortMoment(line.at, useNow())}</time></span>
    <span className="p-line-title">{subjectText(line.subject)}</span>
    <span className="cut faint pm-preview">{line.preview}</span>
  </button>
)

function Chooser({ folders: { account, accounts, items, shared }, change, close }: { readonly folders: Folders; readonly change: Change; readonly close: () => void }) {
  const go = (part: Partial<Place>): void => {
    close()
    change(part)
  }
  // Accounts of which single folders are shared are reached by those.
  const whole = accounts.filter((one) => one.whole || one.id === account.id)
  return (
    <Sheet title="邮件夹" close={close}>
      {whole.length > 1 && <div className="p-chips pm-accounts">{whole.map(({ id, name }) => <button key={id} type="button" className="plain p-chip" aria-pressed={id === account.id} onClick={() => go({ account: id })}>{name}</button>)}</div>}
      <ul className="p-card">{items.map((folder) => <li key={folder.id} className="p-row-pair"><button type="button" className="plain p-row" onClick={() => go({ folder: folder.id })}><span className="grow">{folderName(folder)}</span>{folder.unseen > 0 && <span className="quiet">{folder.unseen} 未读</span>}</button></li>)}</ul>
      {shared.length > 0 && <><h3 className="pm-shared quiet">他人共享</h3><ul className="p-card">{shared.map((one) => <li key={one.id} className="p-row-pair"><button type="button" className="plain p-row" onClick={() => go({ account: one.account, folder: one.id })}><span className="grow">{one.owner} · {folderName(one)}</span>{one.unseen > 0 && <span className="quiet">{one.unseen} 未读</span>}</button></li>)}</ul></>}
    </Sheet>
  )
}

function Search({ place, change }: { readonly place: Place; readonly change: Change }) {
  const [typed, setTyped] = useState(place.search)
  return <form className="pm-search" role="search" onSubmit={(event) => { event.preventDefault(); change({ search: typed.trim() }) }}><input className="p-input" type="search" aria-label="搜索邮件" placeholder="搜索邮件" enterKeyHint="search" maxLength={100} value={typed} onChange={(event) => setTyped(event.target.value)} /></form>
}

function List({ folders, folder, place, change }: { readonly folders: Folders; readonly folder: FolderWire; readonly place: Place; readonly change: Change }) {
  const messages = useMessages(folder.id, place.which, place.search)
  const [choosing, setChoosing] = useState(false)
  const [searching, setSearching] = useState(place.search !== '')
  const at = messages.items.findIndex(({ uid }) => uid === place.open)
  if (place.open !== null) {
    const step = (by: 1 | -1) => { const next = messages.items[at + by]; return at < 0 || next === undefined ? null : () => change({ open: next.uid }) }
    return <Reading mailbox={folder.id} uid={place.open} before={step(-1)} after={step(1)} />
  }
  const top = (
    <>
      {searching && <Search place={place} change={change} />}
      <div className="p-tabs" role="tablist" aria-label="筛选">{Object.entries(WHICH).map(([key, label]) => <button key={key} type="button" role="tab" className="plain p-tab" aria-selected={key === place.which} onClick={() => change({ which: key as Which })}>{label}{key === 'unread' && folder.unseen > 0 && <span className="p-tab-count">{folder.unseen}</span>}</button>)}</div>
    </>
  )
  const empty = place.search !== '' || place.which !== 'all' ? <Empty title="没有符合条件的邮件" /> : <Empty title="这个邮件夹是空的" />
  return (
    <Page
      home="/apps" top={top} title={<button type="button" className="plain pm-title" onClick={() => setChoosing(true)} aria-haspopup="dialog">{folders.account.whole ? '' : `${folders.account.name} · `}{folderName(folder)} <DownOutlined /></button>}
      tools={<button type="button" className="plain p-touch" aria-label="搜索邮件" aria-expanded={searching} onClick={() => setSearching(!searching)}><SearchOutlined /></button>}
    >
      <Endless of={messages} empty={empty}>{(items) => items.map((line) => <Line key={line.uid} line={line} outgoing={isOutgoing(folder)} open={() => change({ open: line.uid })} />)}</Endless>
      {choosing && <Chooser folders={folders} change={change} close={() => setChoosing(false)} />}
    </Page>
  )
}

/** Mail on the phone: one folder at a time, and the message that is open. */
export default function MailPage() {
  const [place, change] = usePlace()
  const folders = useFolders(place.account)
  if (folders.data === undefined) return <Page title="邮件" home="/apps"><Loaded of={folders} lines={8}>{() => null}</Loaded></Page>
  const folder = folders.data.items.find(({ id }) => id === place.folder) ?? folders.data.items[0]
  return folder === undefined ? <Page title="邮件" home="/apps"><Empty title="这个邮箱还没有邮件夹" /></Page> : <List key={folder.id} folders={folders.data} folder={folder} place={place} change={change} />
}
