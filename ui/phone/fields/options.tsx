import { useId } from 'react'

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

/** One of a few answers, each as high as a thumb needs; what it means describes it. */
export function Options<T extends string>({ label, value, options, choose }: Props<T>) {
  const id = useId()
  return (
    <div role="radiogroup" aria-label={label}>
      <div className="p-label">{label}</div>
      <div className="p-options">
        {options.map((option) => (
          <button
            key={option.value} type="button" role="radio" aria-checked={option.value === value} aria-labelledby={`${id}-${option.value}`} className="plain p-option" onClick={() => choose(option.value)}
            {...(option.note !== undefined && { 'aria-describedby': `${id}-${option.value}-note` })}
          >
            <span id={`${id}-${option.value}`}>{option.label}</span>
            {option.note !== undefined && <span id={`${id}-${option.value}-note`} className="p-option-note">{option.note}</span>}
          </button>
        ))}
      </div>
    </div>
  )
}
