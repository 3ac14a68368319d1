import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { TaskWire, TimelineWire } from '#kit/wire/task.ts'
import type { EntityMeta } from '#ui/api/meta.ts'
import { useRevisions } from '#ui/api/records.ts'
import { usePreview } from '#ui/api/tasks.ts'
import type { RecordPageProps } from '#ui/engine/detail/pages.ts'
import { RevisionList } from '#ui/engine/detail/revision-list.tsx'
import { NextSteps } from '#ui/engine/flow/next-steps.tsx'
import { NowCards } from '#ui/engine/flow/now-card.tsx'
import { Timeline } from '#ui/engine/flow/timeline.tsx'
import { CasePicture } from '../flow/case-picture.tsx'
import { DueBadge } from '../flow/due-badge.tsx'
import { Page } from '../frame/page.tsx'
import { Loaded } from '../frame/states.tsx'
import { Tabs } from '../frame/tabs.tsx'
import { Folded } from './folded.tsx'
import '#ui/engine/flow/flow.css'

export interface RecordTab {
  readonly key: string
  readonly label: string
  readonly content: ReactNode
}

interface Props extends Pick<RecordPageProps, 'place'> {
  readonly meta: EntityMeta
  readonly record: RecordDetailWire
  readonly task: TaskWire | undefined
  readonly way: TimelineWire
  /** The acts at the bottom. */
  readonly bar: ReactNode
  /** A module's tabs, between the contents and the general ones. */
  readonly tabs?: readonly RecordTab[]
  /** Name of the first tab. */
  readonly first?: string
  readonly children: ReactNode
}

/** Where it is now, who has it and why, how it came here, and where it will go. */
function Way({ record, task, way: { entries } }: Pick<Props, 'record' | 'task' | 'way'>) {
  const running = entries.some(({ state }) => state === 'now') && !entries.some(({ state }) => state === 'next')
  const preview = usePreview(running ? record.caseId : null)
  return (
    <>
      <div className="p-card p-pad">
        <NowCards task={task} entries={entries} />
        <div className="p-way"><Timeline entries={entries} />{running && preview.data !== undefined && <NextSteps steps={preview.data.steps} />}</div>
      </div>
      {record.caseId !== null && <Folded title="流程图" note="全部环节与现在的位置"><CasePicture caseId={record.caseId} entries={entries} /></Folded>}
    </>
  )
}

const Changes = ({ record: { entity, id } }: Pick<Props, 'record'>) => (
  <div className="p-card p-pad"><Loaded of={useRevisions(entity, id)}>{({ items }) => <RevisionList items={items} />}</Loaded></div>
)

function tabsOf({ record, task, way, tabs = [], first = '内容', children }: Props): readonly RecordTab[] {
  return [
    { key: 'content', label: first, content: children },
    ...tabs,
    ...(record.caseId === null ? [] : [{ key: 'way', label: '流程', content: <Way record={record} task={task} way={way} /> }]),
    { key: 'revisions', label: '修改记录', content: <Changes record={record} /> },
  ]
}

/**
 * The frame of every record on the phone: step and limit in the head, contents in tabs, the acts below. Modules' pages stand in it as well. The tab stands
 * in the address, so that it stays when the step changes and when one comes back.
 */
export function RecordFrame(props: Props) {
  const { meta, task, place, bar } = props
  const [params, setParams] = useSearchParams()
  const tabs = tabsOf(props)
  const active = tabs.find(({ key }) => key === params.get('tab')) ?? tabs[0]
  const choose = (key: string): void => setParams((old) => { old.set('tab', key); return old }, { replace: true })
  const open = task?.state === 'open' ? task : undefined
  return (
    <Page
      home={`/app/${meta.entity.name}`}
      title={<>{open?.name ?? meta.entity.label}{open !== undefined && open.due !== null && <span className="p-head-due"><DueBadge due={open.due} /></span>}</>}
      tools={place && place.at > 0 && <span className="faint p-place">{place.at} / {place.of}</span>}
      top={<Tabs label="记录" tabs={tabs} active={active?.key ?? ''} choose={choose} />}
      foot={bar}
    >
      {active?.content}
    </Page>
  )
}
