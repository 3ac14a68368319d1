import { useState } from 'react'
import { Button, Checkbox, Modal, Segmented, Select } from 'antd'
import { messageOf } from '#ui/api/failure.ts'
import { Loaded } from '#ui/components/states.tsx'
import { PeopleSelect } from '#ui/engine/picker/people-select.tsx'
import { UnitSelect } from '#ui/engine/picker/unit-select.tsx'
import type { FolderWire } from '../api.ts'
import type { SharingLineWire } from '../sharing-api.ts'
import { useMailCommand } from './commands.ts'
import { useSharing } from './queries.ts'
import { isPreset, presetOf, PRESETS, RIGHT_WORDS, saidText } from './sharing-words.ts'
import { folderName } from './texts.ts'

type Said = Pick<SharingLineWire, 'rights' | 'negative'>
type Share = Said & { readonly mailbox: number; readonly subject: string; readonly below: boolean }

/** Words to choose from; a line that gives stays one that gives. */
const levels = (only: boolean | null): { value: string; label: string }[] => [...Object.entries(PRESETS).filter(([, { negative }]) => only === null || negative === only).map(([value, { label }]) => ({ value, label })), { value: 'custom', label: '自定义' }]

/** What somebody may do: a word for the usual, or right by right. */
function Level({ of, said, change, isNew = false }: { readonly isNew?: boolean; readonly of: string; readonly said: Said; readonly change: (said: Said) => void }) {
  const [isOpen, setOpen] = useState(false)
  const custom = isOpen || presetOf(said) === 'custom'
  const choose = (key: string): void => {
    setOpen(!isPreset(key))
    if (isPreset(key)) change({ rights: PRESETS[key].rights, negative: PRESETS[key].negative })
  }
  const toggled = (letter: string): string => Object.keys(RIGHT_WORDS).filter((one) => (one === letter) !== said.rights.includes(one)).join('')
  return (
    <div className="mail-level">
      <Select aria-label={`${of}的权限`} className="mail-level-word" value={custom ? 'custom' : presetOf(said)} options={levels(isNew ? null : said.negative)} onChange={choose} />
      {custom
        ? <fieldset className="mail-rights" aria-label={`${of}${said.negative ? '不得' : '可以'}`}><legend className="quiet mail-small">{said.negative ? '不得' : '可以'}</legend>{Object.entries(RIGHT_WORDS).map(([letter, word]) => <Checkbox key={letter} checked={said.rights.includes(letter)} disabled={said.rights === letter} onChange={() => change({ ...said, rights: toggled(letter) })}>{word}</Checkbox>)}</fieldset>
        : <span className="faint mail-small">{saidText(said)}</span>}
    </div>
  )
}

type Kind = 'person' | 'unit' | 'anyone'
const KINDS: { label: string; value: Kind }[] = [{ label: '人员', value: 'person' }, { label: '单位', value: 'unit' }, { label: '全区人员', value: 'anyone' }]
type Chosen = { readonly id: string; readonly names: Readonly<Record<string, string>> }
const NOBODY: Chosen = { id: '', names: {} }

/** One more who may do something. */
function Adding({ add, isBusy }: { readonly add: (subject: string, said: Said, done: () => void) => void; readonly isBusy: boolean }) {
  const [kind, setKind] = useState<Kind>('person')
  const [chosen, setChosen] = useState(NOBODY)
  const [said, setSaid] = useState<Said>(PRESETS.read)
  const take = ([id = '']: readonly string[], names: Chosen['names']): void => setChosen({ id, names })
  const picker = { several: false, value: chosen.id === '' ? [] : [chosen.id], labels: chosen.names, change: take }
  const done = (): void => {
    setChosen(NOBODY)
    setSaid(PRESETS.read)
  }
  return (
    <section className="mail-share-new" aria-label="添加">
      <Segmented<Kind> options={KINDS} value={kind} onChange={(next) => { setKind(next); setChosen(NOBODY) }} />
      {kind === 'person' && <PeopleSelect title="共享给谁" identity="person" {...picker} />}
      {kind === 'unit' && <UnitSelect title="共享给哪个单位" organisations={false} {...picker} />}
      <Level of={kind === 'anyone' ? '全区人员' : '新成员'} isNew said={said} change={setSaid} />
      <Button type="primary" disabled={kind !== 'anyone' && chosen.id === ''} loading={isBusy} onClick={() => add(kind === 'anyone' ? 'anyone' : `${kind}:${chosen.id}`, said, done)}>添加</Button>
    </section>
  )
}

const Line = ({ line, change, remove }: { readonly line: SharingLineWire; readonly change: (said: Said) => void; readonly remove: () => void }) => (
  <li>
    <span className="mail-share-who"><strong>{line.name}</strong><span className="faint mail-small">{line.note}</span></span>
    <Level of={line.name} said={line} change={change} />
    <Button type="text" danger aria-label={`不再与${line.name}共享`} onClick={remove}>移除</Button>
  </li>
)

/** Who may do what in a folder; every change holds at once, in mail programs too. */
export function Sharing({ folder, close }: { readonly folder: FolderWire; readonly close: () => void }) {
  const sharing = useSharing(folder.id)
  const share = useMailCommand<Share>('share')
  const [below, setBelow] = useState(false)
  const say = (subject: string, said: Said, done?: () => void): void => share.mutate({ mailbox: folder.id, subject, ...said, below }, { onSuccess: done })
  return (
    <Modal open title={`共享“${folderName(folder)}”`} width={680} footer={null} onCancel={close} destroyOnHidden>
      <Loaded of={sharing} lines={6}>
        {({ owner, below: count, lines }) => (
          <div className="mail-share">
            <ul>
              <li><span className="mail-share-who"><strong>{owner}</strong><span className="faint mail-small">所有者</span></span><span className="grow">全部权限</span></li>
              {lines.map((line) => <Line key={`${line.subject} ${line.negative}`} line={line} change={(said) => say(line.subject, said)} remove={() => say(line.subject, { rights: '', negative: line.negative })} />)}
            </ul>
            {lines.length === 0 && <p className="quiet">还没有共享给别人。添加后，对方的邮件页和邮件客户端中会出现这个邮件夹。</p>}
            <Adding add={say} isBusy={share.isPending} />
            {count > 0 && <Checkbox checked={below} onChange={(event) => setBelow(event.target.checked)}>添加、修改和移除同时用于 {count} 个下级邮件夹</Checkbox>}
            {share.error !== null && <p className="problem" role="alert">{messageOf(share.error)}</p>}
            <p className="faint mail-small">已读、星标等标记由所有能看到的人共用。每次更改都有审计记录。</p>
          </div>
        )}
      </Loaded>
    </Modal>
  )
}
