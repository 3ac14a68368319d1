import { movesText } from '#kit/migration-text.ts'
import type { MigrationWire } from '#kit/wire/flow-cockpit.ts'
import { Tag } from '#ui/components/tag.tsx'

interface Props {
  readonly items: readonly MigrationWire['items'][number][]
  readonly done: boolean
  readonly open: (caseId: string) => void
}

/** What would happen, or happened, to each case. */
export const ReportTable = ({ items, done, open }: Props) => (
  <table className="grid">
    <thead><tr><th>标题</th><th style={{ width: 110 }}>结果</th><th>变化或原因</th></tr></thead>
    <tbody>
      {items.map((item) => (
        <tr key={item.caseId}>
          <td title={item.title}><button type="button" className="plain flows-link" onClick={() => open(item.caseId)}>{item.title}</button></td>
          <td>{item.problem === null ? <Tag tone="green">{done ? '已迁移' : '可迁移'}</Tag> : <Tag tone="seal">不能迁移</Tag>}</td>
          <td className={item.problem === null ? 'quiet' : 'problem'} title={item.problem ?? movesText(item)}>{item.problem ?? movesText(item)}</td>
        </tr>
      ))}
    </tbody>
  </table>
)
