import { useState } from 'react'
import { Button, Select } from 'antd'
import { PrinterOutlined } from '@ant-design/icons'
import type { ComparedBlock } from '#modules/documents/compare/blame.ts'
import { Empty, Loaded } from '#ui/components/states.tsx'
import { exactMoment } from '#ui/lib/moment.ts'
import { ComparedLines } from './compared-lines.tsx'
import { useCompared, useVersions } from './queries.ts'
import type { VersionLine } from './queries.ts'
import './outgoing.css'

const versionText = ({ at, by }: VersionLine, index: number): string => `${index === 0 ? '原稿' : `第 ${index} 次修改`}　${by}　${exactMoment(at)}`

interface ChoiceProps {
  readonly label: string
  readonly versions: readonly VersionLine[]
  readonly value: number
  readonly may: (version: number) => boolean
  readonly choose: (version: number) => void
}

const VersionChoice = ({ label, versions, value, may, choose }: ChoiceProps) => (
  <Select
    aria-label={label} className="compared-version" popupMatchSelectWidth={false} value={value} onChange={choose}
    options={versions.map((one, index) => ({ value: one.version, label: versionText(one, index), disabled: !may(one.version) }))}
  />
)

const Legend = () => (
  <div className="compared-legend">
    <span className="compared"><ins>增加的文字</ins>　<del>删去的文字</del></span>
    <span className="quiet no-print">指向文字可看到修改人和时间</span>
  </div>
)

/** The text with everything that was added or struck between two versions. */
export const ComparedBody = ({ blocks, versions }: { readonly blocks: readonly ComparedBlock[]; readonly versions: readonly VersionLine[] }) => (
  <>
    {blocks.some(({ state }) => state !== 'same') ? <Legend /> : <p className="quiet">这两个版本之间正文没有改动。</p>}
    <ComparedLines blocks={blocks} versions={versions} />
  </>
)

/** Two versions to choose, and what changed from the one to the other. */
function Comparison({ id, versions }: { readonly id: string; readonly versions: readonly VersionLine[] }) {
  const [[from, to], choose] = useState(() => [versions[0]?.version ?? 1, versions.at(-1)?.version ?? 1] as const)
  return (
    <section className="card record-card compared-sheet" aria-label="花脸稿">
      <div className="row compared-choice">
        <span className="quiet">从</span><VersionChoice label="从哪一版" versions={versions} value={from} may={(version) => version < to} choose={(version) => choose([version, to])} />
        <span className="quiet">到</span><VersionChoice label="到哪一版" versions={versions} value={to} may={(version) => version > from} choose={(version) => choose([from, version])} />
        <span className="grow" />
        <Button className="no-print" icon={<PrinterOutlined />} onClick={() => window.print()}>打印花脸稿</Button>
      </div>
      <Loaded of={useCompared(id, from, to)} lines={10}>{({ blocks }) => <ComparedBody blocks={blocks} versions={versions} />}</Loaded>
    </section>
  )
}

/** 花脸稿. */
export const Compared = ({ id }: { readonly id: string }) => (
  <Loaded of={useVersions(id)} lines={10}>
    {({ items }) => (items.length < 2 ? <Empty title="正文没有改动">起草之后还没有人修改过正文。</Empty> : <Comparison id={id} versions={items} />)}
  </Loaded>
)
