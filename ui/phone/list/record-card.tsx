import { Link } from 'react-router'
import type { RecordWire } from '#kit/wire/record.ts'
import type { EntityMeta } from '#ui/api/meta.ts'
import { StateTag, Tag } from '#ui/components/tag.tsx'
import { cardText } from '#ui/engine/list/record-cards.tsx'
import { shortMoment } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'

/** A record in two lines, as its phone view says: title, then what matters, then a badge. */
export function RecordCard({ meta, record }: { readonly meta: EntityMeta; readonly record: RecordWire }) {
  const now = useNow()
  const { title, lines, badge = 'state' } = meta.views.phone
  const text = (key: string): string => cardText(record, key, meta)
  const note = lines.map(text).filter((part) => part !== '').join(' · ')
  return (
    <Link to={`/app/${record.entity}/${record.id}`} className="p-card p-line">
      <span className="p-line-title">{text(title) || record.title}</span>
      <span className="p-line-note">
        <span className="quiet cut grow">{note}</span>
        <time className="faint">{shortMoment(record.createdAt, now)}</time>
        {badge === 'state' ? <StateTag state={record.state} label={record.stateLabel} /> : text(badge) !== '' && <Tag>{text(badge)}</Tag>}
      </span>
    </Link>
  )
}
