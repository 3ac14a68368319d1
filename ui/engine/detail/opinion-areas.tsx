import type { OpinionAreaWire } from '#kit/wire/task.ts'
import { formatCivilDate, shanghaiDate } from '#base/civil-date.ts'
import { SignatureMark } from '#ui/engine/signature/mark.tsx'
import { exactMoment } from '#ui/lib/moment.ts'

type Opinion = OpinionAreaWire['opinions'][number]

/** Opinion, then name and full date, as on the paper form (党政机关公文处理工作条例 art. 22). */
const Spoken = ({ opinion: { text, name, unitName, onBehalfOf, at, superseded, signature } }: { readonly opinion: Opinion }) => (
  <li data-superseded={superseded || undefined}>
    <p className="opinion-text">{text}</p>
    <p className="opinion-by">
      <SignatureMark name={name} signature={signature} /> <span>{name}{onBehalfOf !== null && `（代${onBehalfOf}）`}</span> <span className="quiet">{unitName}</span>{' '}
      <time className="quiet" dateTime={at} title={exactMoment(at)}>{formatCivilDate(shanghaiDate(new Date(at)))}</time>
    </p>
  </li>
)

interface Props {
  readonly areas: readonly OpinionAreaWire[]
  /** Label of the area into which the open task of this person writes. */
  readonly writes: string | null
}

/** 意见域: what people wrote, each in its place of the form. Areas in which nobody wrote yet are left out, but for the one whose turn it is. */
export function OpinionAreas({ areas, writes }: Props) {
  const shown = areas.filter(({ label, opinions }) => opinions.length > 0 || label === writes)
  if (shown.length === 0) return null
  return (
    <section className="card record-card areas" aria-label="意见">
      {shown.map(({ key, label, opinions }) => (
        <section key={key} className="area" aria-label={label}>
          <h2 className="area-label">{label}</h2>
          <ul className="area-opinions">
            {opinions.map((opinion) => <Spoken key={opinion.id} opinion={opinion} />)}
            {label === writes && <li className="area-yours faint no-print">您办理时填写的意见将显示在此处</li>}
          </ul>
        </section>
      ))}
    </section>
  )
}
