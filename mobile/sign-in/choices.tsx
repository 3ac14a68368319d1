interface Props {
  readonly label: string
  readonly items: readonly { readonly key: string; readonly title: string; readonly note: string }[]
  readonly busy: boolean
  readonly choose: (key: string) => void
}

/** A few answers as large buttons: which namesake, which post. */
export const Choices = ({ label, items, busy, choose }: Props) => (
  <div className="p-choices" role="group" aria-label={label}>
    <p className="quiet">{label}</p>
    {items.map(({ key, title, note }) => (
      <button key={key} type="button" className="plain p-choice" disabled={busy} onClick={() => choose(key)}><strong>{title}</strong><span className="quiet">{note}</span></button>
    ))}
  </div>
)
