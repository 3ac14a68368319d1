import { useState } from 'react'
import { Button, Popconfirm } from 'antd'
import { CloseOutlined, DownloadOutlined, UploadOutlined } from '@ant-design/icons'
import type { FlowModelDetailWire, ModelActWire, ModelVersionDetailWire, ModelVersionWire } from '#kit/wire/flow-model.ts'
import { messageOf } from '#ui/api/failure.ts'
import { bpmnAddress, useFlowModel, useModelAct, useModelVersion } from '#ui/api/flow-models.ts'
import { Loaded } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { exactMoment } from '#ui/lib/moment.ts'
import { PublishDialog, RetireDialog, UploadDialog } from './model-dialogs.tsx'
import { Starts } from './starts.tsx'
import { VersionView } from './version-view.tsx'
import '#ui/engine/detail/detail.css'
import '#ui/engine/flow/flow.css'

const STATES = { draft: { text: '草稿', tone: 'plain' }, published: { text: '在用', tone: 'green' }, retired: { text: '已停用', tone: 'plain' } } as const
const ACTS: Readonly<Record<ModelActWire['act'], string>> = { arrive: '随系统更新', upload: '上传', publish: '发布', 'roll-back': '恢复使用', retire: '停用', discard: '删除草稿' }

export const StateTag = ({ version: { state } }: { readonly version: Pick<ModelVersionWire, 'state'> }) => <Tag tone={STATES[state].tone}>{STATES[state].text}</Tag>

function Versions({ items, open, choose }: { readonly items: readonly ModelVersionWire[]; readonly open: number; readonly choose: (number: number) => void }) {
  return (
    <section className="card" aria-label="各版本">
      <header className="card-head"><h2>各版本</h2></header>
      <table className="grid models-versions">
        <thead><tr><th>版本</th><th>状态</th><th>来源</th><th>说明</th><th>检查</th><th>在办 / 办结</th></tr></thead>
        <tbody>
          {items.map((version) => (
            <tr key={version.number} aria-selected={version.number === open} tabIndex={0} onClick={() => choose(version.number)} onKeyDown={(event) => event.key === 'Enter' && choose(version.number)}>
              <td>第 {version.number} 版</td>
              <td><StateTag version={version} /></td>
              <td className="quiet" title={exactMoment(version.createdAt)}>{version.kind === 'module' ? '系统自带' : (version.createdBy ?? '上传')}</td>
              <td className="quiet" title={version.note ?? ''}>{version.note ?? '—'}</td>
              <td className="quiet">{version.errors > 0 ? `${version.errors} 处错误` : version.warnings > 0 ? `${version.warnings} 条提醒` : '通过'}</td>
              <td className="quiet">{version.running} / {version.ended}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const History = ({ acts }: Pick<FlowModelDetailWire, 'acts'>) => (
  <section className="card" aria-label="发布记录">
    <header className="card-head"><h2>发布记录</h2></header>
    <ul className="models-acts">
      {acts.map(({ number, act, note, at, by }, index) => (
        <li key={index}><time className="quiet">{exactMoment(at)}</time><span>第 {number} 版 {ACTS[act]}</span><span className="quiet">{by ?? '系统'}</span>{note !== null && <p className="models-note quiet">{note}</p>}</li>
      ))}
    </ul>
  </section>
)

type Asked = 'publish' | 'retire' | 'upload'

function Acts({ entity, version, choose }: { readonly entity: string; readonly version: ModelVersionDetailWire; readonly choose: (number: number | null) => void }) {
  const [asked, ask] = useState<Asked | null>(null)
  const discard = useModelAct<{ number: number }>(entity, 'discard')
  const close = (): void => ask(null)
  const back = version.state === 'retired'
  return (
    <div className="flow-bar no-print">
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        {discard.error !== null && <span className="problem grow" role="alert">{messageOf(discard.error)}</span>}
        <Button icon={<DownloadOutlined />} href={bpmnAddress(entity, version.number)} download>下载</Button>
        <Button icon={<UploadOutlined />} onClick={() => ask('upload')}>上传新版本</Button>
        {version.state === 'draft' && version.kind === 'uploaded' && (
          <Popconfirm title="删除这个草稿？" okText="删除" cancelText="不删" onConfirm={() => discard.mutate({ number: version.number }, { onSuccess: () => choose(null) })}><Button danger>删除草稿</Button></Popconfirm>
        )}
        {version.state === 'published' && version.kind === 'uploaded' && <Button onClick={() => ask('retire')}>恢复系统自带流程</Button>}
        {version.state !== 'published' && <Button type="primary" disabled={version.errors > 0} title={version.errors > 0 ? '有错误，不能发布' : undefined} onClick={() => ask('publish')}>{back ? '恢复使用' : '发布'}</Button>}
      </div>
      {asked === 'publish' && <PublishDialog entity={entity} version={version} back={back} close={close} />}
      {asked === 'retire' && <RetireDialog entity={entity} close={close} />}
      {asked === 'upload' && <UploadDialog entity={entity} close={close} uploaded={(number) => { close(); choose(number) }} />}
    </div>
  )
}

interface Props {
  readonly entity: string
  /** Null: the version in use. */
  readonly number: number | null
  readonly choose: (number: number | null) => void
  readonly close: () => void
}

/** One flow beside the list: its versions, and what is to be known and done about the chosen one. */
export function ModelPanel({ entity, number, choose, close }: Props) {
  return (
    <Loaded of={useFlowModel(entity)} lines={10}>
      {(model) => {
        const open = number ?? model.items.find(({ state }) => state === 'published')?.number ?? model.items[0]?.number ?? 1
        return (
          <article className="record" aria-label={model.title}>
            <header className="record-head">
              <Button type="text" icon={<CloseOutlined />} aria-label="关闭" onClick={close} />
              <div className="grow"><h1 className="record-title">{model.title}</h1><div className="record-note"><span>{model.label}</span><span>第 {open} 版</span></div></div>
            </header>
            <Version entity={entity} model={model} open={open} choose={choose} />
          </article>
        )
      }}
    </Loaded>
  )
}

const Version = ({ entity, model, open, choose }: { readonly entity: string; readonly model: FlowModelDetailWire; readonly open: number; readonly choose: Props['choose'] }) => (
  <Loaded of={useModelVersion(entity, open)} lines={10}>
    {(version) => (
      <>
        <div className="record-scroll models-body"><Versions items={model.items} open={open} choose={choose} />{model.starts.length > 0 && <Starts entity={entity} starts={model.starts} />}<VersionView key={open} version={version} /><History acts={model.acts} /></div>
        <Acts entity={entity} version={version} choose={choose} />
      </>
    )}
  </Loaded>
)
