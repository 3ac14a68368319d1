import type { ComparedBlock } from '#modules/documents/compare/blame.ts'
import { Empty, Loaded } from '#ui/components/states.tsx'
import { exactMoment } from '#ui/lib/moment.ts'
import { ComparedLines } from './compared-lines.tsx'
import { useCompared } from './queries.ts'
import type { VersionLine } from './queries.ts'
import './outgoing.css'

const Legend = ({ versions }: { readonly versions: readonly VersionLine[] }) => (
  <div className="compared-legend">
    <span className="compared"><ins>增加的文字</ins>　<del>删去的文字</del></span>
    <span className="quiet">指向文字可看到修改人和时间</span>
    <ol>{versions.map(({ version, at, by }, index) => <li key={version}>{index === 0 ? '原稿' : `第 ${index} 次修改`}　{by}　<span className="faint">{exactMoment(at)}</span></li>)}</ol>
  </div>
)

/** The text with everything that was added or struck since the first version. */
export const ComparedBody = ({ blocks, versions }: { readonly blocks: readonly ComparedBlock[]; readonly versions: readonly VersionLine[] }) => (
  <div className="card record-card">
    <Legend versions={versions} />
    <ComparedLines blocks={blocks} versions={versions} />
  </div>
)

/** 花脸稿. */
export const Compared = ({ id }: { readonly id: string }) => (
  <Loaded of={useCompared(id)} lines={10}>
    {({ blocks, versions }) => (versions.length < 2 ? <Empty title="正文没有改动">起草之后还没有人修改过正文。</Empty> : <ComparedBody blocks={blocks} versions={versions} />)}
  </Loaded>
)
