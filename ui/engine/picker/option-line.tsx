/** A person or unit in a list to choose from: name first, then what tells namesakes apart. */
export const OptionLine = ({ name, note }: { readonly name: string; readonly note: string }) => (
  <span className="row" style={{ justifyContent: 'space-between', gap: 16 }}>
    <span>{name}</span>
    <span className="faint cut" style={{ fontSize: 'var(--f-s)' }}>{note}</span>
  </span>
)
