import type { RevisionWire } from '#kit/wire/record.ts'
import { Empty } from '#ui/components/quiet.tsx'
import { exactMoment } from '#ui/lib/moment.ts'

/** Who changed what, newest first. */
export const RevisionList = ({ items }: { readonly items: readonly RevisionWire[] }) => items.length === 0 ? <Empty small title="建立以来没有修改过" /> : (
  <ol className="revisions">
    {items.map((revision) => (
      <li key={revision.version}>
        <div className="revision-head"><strong>第 {revision.version} 版</strong><span>{revision.by}</span><time className="faint">{exactMoment(revision.at)}</time></div>
        {revision.changes.map(({ field, label, before, after }) => (
          <div key={field} className="revision-change"><span className="quiet">{label}</span><span>{before !== '' && <del>{before}</del>} {after === '' ? <span className="faint">（清空）</span> : <ins>{after}</ins>}</span></div>
        ))}
      </li>
    ))}
  </ol>
)
