import { Empty, Loaded } from '#ui/components/states.tsx'
import { useEntries } from './queries.ts'
import { ENTRY_TYPES, signed } from './texts.ts'

/** The lines of one account, newest first. */
export const Entries = ({ kind, personId }: { readonly kind: string; readonly personId?: string }) => (
  <Loaded of={useEntries(kind, personId)} lines={4}>
    {({ items }) => items.length === 0 ? <Empty title="还没有登记" small /> : (
      <table className="grid leave-entries">
        <thead><tr><th>日期</th><th>年度</th><th>类型</th><th data-right>天数</th><th>说明</th></tr></thead>
        <tbody>{items.map((entry, index) => <tr key={index}><td>{entry.on}</td><td>{entry.year}</td><td>{ENTRY_TYPES[entry.type]}</td><td data-right>{signed(entry.days)}</td><td title={entry.reason}>{entry.reason}</td></tr>)}</tbody>
      </table>
    )}
  </Loaded>
)
