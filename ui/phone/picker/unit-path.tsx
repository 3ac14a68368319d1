import type { UnitWire } from '#kit/wire/org.ts'

interface Props {
  readonly path: readonly UnitWire[]
  /** Name of the place above the first unit. */
  readonly top: string
  readonly go: (path: readonly UnitWire[]) => void
}

/** Where one stands in the organisation; each part leads back to it. */
export const UnitPath = ({ path, top, go }: Props) => (
  <nav className="p-path" aria-label="所在单位">
    <button type="button" className="plain" aria-current={path.length === 0 || undefined} onClick={() => go([])}>{top}</button>
    {path.map((unit, index) => (
      <span key={unit.id}><span className="faint" aria-hidden>›</span><button type="button" className="plain" aria-current={index === path.length - 1 || undefined} onClick={() => go(path.slice(0, index + 1))}>{unit.shortName || unit.name}</button></span>
    ))}
  </nav>
)
