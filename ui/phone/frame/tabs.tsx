interface Props {
  readonly tabs: readonly { readonly key: string; readonly label: string; readonly count?: number | undefined }[]
  readonly active: string | null
  readonly choose: (key: string) => void
  readonly label: string
}

/** A row of tabs that scrolls sideways when it is longer than the phone is wide. */
export const Tabs = ({ tabs, active, choose, label }: Props) => (
  <div className="p-tabs" role="tablist" aria-label={label}>
    {tabs.map(({ key, label: name, count = 0 }) => (
      <button key={key} type="button" role="tab" className="plain p-tab" aria-selected={key === active} onClick={() => choose(key)}>
        {name}{count > 0 && <span className="p-tab-count">{count > 999 ? '999+' : count}</span>}
      </button>
    ))}
  </div>
)
