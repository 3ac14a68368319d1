import { useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from 'antd'
import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined, PrinterOutlined } from '@ant-design/icons'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { TaskWire, TimelineWire } from '#kit/wire/task.ts'
import type { EntityMeta } from '#ui/api/meta.ts'
import { StateTag } from '#ui/components/tag.tsx'
import { CasePicture } from '#ui/engine/flow/case-picture.tsx'
import { TabRow } from '#ui/engine/list/list-tabs.tsx'
import { OpinionAreas } from './opinion-areas.tsx'
import type { RecordPageProps } from './pages.ts'
import { Rail } from './rail.tsx'
import { RecordActs } from './record-acts.tsx'
import { Revisions } from './revisions.tsx'
import './detail.css'

export interface Tab {
  readonly key: string
  readonly label: string
  readonly content: ReactNode
}

interface Props extends RecordPageProps {
  readonly meta: EntityMeta
  readonly record: RecordDetailWire
  readonly task: TaskWire | undefined
  readonly way: TimelineWire
  /** The bar of acts under the record. */
  readonly bar: ReactNode
  /** A module's tabs, between the contents and the general ones. */
  readonly tabs?: readonly Tab[]
  /** Name of the first tab. */
  readonly first?: string
  readonly children: ReactNode
}

function Head({ record, meta, place, close }: Pick<Props, 'record' | 'meta' | 'place' | 'close'>) {
  return (
    <header className="record-head">
      <Button type="text" icon={<CloseOutlined />} aria-label="关闭" title="关闭（Esc）" onClick={close} className="no-print" />
      <div className="grow">
        <h1 className="record-title" title={record.title}>{record.title}</h1>
        <div className="record-note">
          <span>{meta.entity.label}</span>
          {record.number !== null && <span>{record.number}</span>}
          <StateTag state={record.state} label={record.stateLabel} />
        </div>
      </div>
      <RecordActs record={record} meta={meta} close={close} />
      <Button type="text" icon={<PrinterOutlined />} aria-label="打印" title="打印" onClick={() => window.print()} className="no-print" />
      {place && (
        <span className="record-place no-print">
          <span className="faint">{place.at} / {place.of}</span>
          <Button type="text" size="small" icon={<ArrowUpOutlined />} aria-label="上一件" disabled={place.at <= 1} onClick={() => place.step(-1)} />
          <Button type="text" size="small" icon={<ArrowDownOutlined />} aria-label="下一件" disabled={place.at >= place.of} onClick={() => place.step(1)} />
        </span>
      )}
    </header>
  )
}

function tabsOf({ record, task, way: { areas, entries }, tabs = [], first = '内容', children }: Props): readonly Tab[] {
  const { caseId } = record
  return [
    { key: 'content', label: first, content: <>{children}<OpinionAreas areas={areas} writes={task?.state === 'open' ? task.area : null} /></> },
    ...tabs,
    ...(caseId === null ? [] : [{ key: 'picture', label: '流程图', content: <div className="card record-card"><CasePicture caseId={caseId} entries={entries} /></div> }]),
    { key: 'revisions', label: '修改记录', content: <div className="card record-card"><Revisions entity={record.entity} id={record.id} /></div> },
  ]
}

/** The frame of every record: head, contents in tabs, the rail with its way, the acts below. Modules' pages stand in it as well. */
export function RecordFrame(props: Props) {
  const { task, way: { entries }, bar } = props
  const [active, setActive] = useState('content')
  const tabs = tabsOf(props)
  return (
    <article className="record" onKeyDown={(event) => { if (event.key === 'Escape' && !event.defaultPrevented && event.target instanceof HTMLElement && event.target.closest('.ant-modal, .ant-select-dropdown, input, textarea') === null) props.close() }}>
      <Head {...props} />
      <div className="record-scroll">
        <div className="record-columns">
          <div className="record-main">
            <div className="no-print"><TabRow label="记录" tabs={tabs} active={active} choose={setActive} /></div>
            {tabs.find(({ key }) => key === active)?.content}
          </div>
          {(task !== undefined || entries.length > 0) && <Rail task={task} entries={entries} />}
        </div>
      </div>
      {bar}
    </article>
  )
}
