import { fieldOf } from '#kit/entity.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { EntityMeta } from '#ui/api/meta.ts'
import { StateTag } from '#ui/components/tag.tsx'
import { cellText } from '#ui/engine/list/columns.ts'
import type { Rights } from '#ui/engine/fields/rights.ts'
import { momentText } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'

/** Fields of the phone view that this person only reads here; what the step may write stands in the form below instead. */
export const keyFacts = ({ views }: Pick<EntityMeta, 'views'>, rights: Rights): readonly string[] =>
  [...new Set([views.phone.title, ...views.phone.lines])].filter((key) => rights[key] === 'read')

interface Props {
  readonly meta: EntityMeta
  readonly record: RecordDetailWire
  readonly facts: readonly string[]
}

/** What decides the matter, at one glance: title, state and the fields of the phone view. */
export function KeyFacts({ meta, record, facts }: Props) {
  const now = useNow()
  const lines = facts.flatMap((key) => {
    const field = fieldOf(meta.entity, key)
    const text = field === undefined ? '' : cellText(record, key, field, meta.dictionaries)
    return field === undefined || text === '' || text === record.title ? [] : [{ key, label: field.label, text }]
  })
  return (
    <section className="p-card p-pad p-facts">
      <h2>{record.title}</h2>
      <p className="p-facts-note"><StateTag state={record.state} label={record.stateLabel} />{record.number !== null && <span className="quiet">{record.number}</span>}<span className="faint">{momentText(record.createdAt, now)}</span></p>
      {lines.length > 0 && <dl>{lines.map(({ key, label, text }) => <div key={key}><dt>{label}</dt><dd>{text}</dd></div>)}</dl>}
    </section>
  )
}
