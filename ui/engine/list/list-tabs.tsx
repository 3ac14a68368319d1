import { ALL } from './filters.ts'
import type { List } from './use-list.ts'

interface TabsProps {
  readonly tabs: readonly { readonly key: string; readonly label: string; readonly count?: number | undefined }[]
  readonly active: string | null
  readonly choose: (key: string) => void
  readonly label: string
}

/** A row of tabs; arrows move between them. */
export const TabRow = ({ tabs, active, choose, label }: TabsProps) => (
  <div
    className="tabs" role="tablist" aria-label={label}
    onKeyDown={(event) => {
      const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
      const next = tabs[(tabs.findIndex(({ key }) => key === active) + step + tabs.length) % tabs.length]
      if (step === 0 || next === undefined) return
      choose(next.key)
      event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')[tabs.indexOf(next)]?.focus()
    }}
  >
    {tabs.map((tab) => (
      <button key={tab.key} type="button" role="tab" className="plain tab" aria-selected={tab.key === active} tabIndex={tab.key === active ? 0 : -1} onClick={() => choose(tab.key)}>
        {tab.label}{tab.count !== undefined && tab.count > 0 && <span className="count" data-hot={tab.key === 'todo' || undefined}>{tab.count}</span>}
      </button>
    ))}
  </div>
)

/** The saved views of a list. */
export function ListTabs({ list }: { readonly list: List }) {
  const saved = Object.keys(list.meta.views.list.saved ?? {})
  if (saved.length === 0) return <h1 className="grow">{list.meta.entity.label}</h1>
  const tabs = [...saved, ...(saved.includes(ALL) ? [] : [ALL])].map((name) => ({ key: name, label: name }))
  return <TabRow label="视图" tabs={tabs} active={list.tab} choose={(tab) => list.change({ tab })} />
}
