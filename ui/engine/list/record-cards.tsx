import { fieldOf } from '#kit/entity.ts'
import type { RecordWire } from '#kit/wire/record.ts'
import { StateTag } from '#ui/components/tag.tsx'
import type { EntityMeta } from '#ui/api/meta.ts'
import { shortMoment } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'
import { cellText } from './columns.ts'
import { useRows } from './use-rows.ts'

export function cardText(record: RecordWire, key: string, { entity, dictionaries }: EntityMeta): string {
  const field = fieldOf(entity, key)
  return field === undefined ? '' : cellText(record, key, field, dictionaries)
}

const CutText = ({ text }: { readonly text: string }) => <span className="cut grow" title={text}>{text}</span>

interface Props {
  readonly meta: EntityMeta
  readonly items: readonly RecordWire[]
  readonly open: string | null
  readonly choose: (id: string) => void
}

/** The list as narrow cards of two lines, beside an open record. */
export function RecordCards({ meta, items, open, choose }: Props) {
  const now = useNow()
  const rows = useRows({ ids: items.map(({ id }) => id), open: choose, follow: true })
  return (
    <ul className="cards" ref={rows.ref} onKeyDown={rows.onKeyDown}>
      {items.map((record) => (
        <li key={record.id} className="line-card" data-row={record.id} tabIndex={record.id === open ? 0 : -1} aria-current={record.id === open || undefined} onClick={() => choose(record.id)}>
          <div className="line-title" title={record.title}>{record.title}</div>
          <div className="line-note">
            <CutText text={meta.views.phone.lines.map((key) => cardText(record, key, meta)).filter((text) => text !== '').join(' · ')} />
            <time>{shortMoment(record.createdAt, now)}</time>
            <StateTag state={record.state} label={record.stateLabel} />
          </div>
        </li>
      ))}
    </ul>
  )
}
