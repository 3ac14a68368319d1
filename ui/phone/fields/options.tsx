interface Option<T extends string> {
  readonly value: T
  readonly label: string
  /** What choosing it means. */
  readonly note?: string
}

interface Props<T extends string> {
  readonly label: string
  readonly value: T | null
  readonly options: readonly Option<T>[]
  readonly choose: (value: T) => void
}

/** One of a few answers, each as high as a thumb needs, with what it means. */
export const Options = <T extends string>({ label, value, options, choose }: Props<T>) => (
  <div role="radiogroup" aria-label={label}>
    <div className="p-label">{label}</div>
    <div className="p-options">
      {options.map((option) => (
        <button key={option.value} type="button" role="radio" aria-checked={option.value === value} className="plain p-option" onClick={() => choose(option.value)}>
          <span>{option.label}</span>
          {option.note !== undefined && <span className="p-option-note">{option.note}</span>}
        </button>
      ))}
    </div>
  </div>
)
