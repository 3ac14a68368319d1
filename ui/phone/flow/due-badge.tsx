import { Tag } from '#ui/components/tag.tsx'
import { dueOf, exactMoment } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'

const TONE = { overdue: 'seal', soon: 'amber', calm: 'plain' } as const

/** Until when, coloured when it presses. */
export function DueBadge({ due }: { readonly due: string }) {
  const { pressure, text } = dueOf(due, useNow())
  return <Tag tone={TONE[pressure]} title={`办理时限 ${exactMoment(due)}`}>{text}</Tag>
}
