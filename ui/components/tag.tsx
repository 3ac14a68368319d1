import type { ReactNode } from 'react'
import { dueOf, exactMoment } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'

export type Tone = 'plain' | 'seal' | 'amber' | 'green' | 'primary'

export const Tag = ({ tone = 'plain', title, children }: { readonly tone?: Tone; readonly title?: string; readonly children: ReactNode }) => (
  <span className="tag" data-tone={tone} title={title}>{children}</span>
)

const URGENCY = { urgent: { tone: 'amber', text: '加急' }, 'most-urgent': { tone: 'seal', text: '特急' } } as const

/** 特急 or 加急; nothing for ordinary matters. */
export function UrgencyTag({ urgency }: { readonly urgency: string }) {
  if (urgency !== 'urgent' && urgency !== 'most-urgent') return null
  const { tone, text } = URGENCY[urgency]
  return <Tag tone={tone}>{text}</Tag>
}

/** For whom somebody stands in; nothing for one's own work. */
export const AgencyTag = ({ agency }: { readonly agency: string | null }) => (agency === null ? null : <Tag tone="primary">{agency}</Tag>)

const PRESSURE = { overdue: 'seal', soon: 'amber' } as const

/** A limit in words, coloured when it presses. */
export function DueTag({ due }: { readonly due: string | null }) {
  const now = useNow()
  if (due === null) return null
  const { pressure, text } = dueOf(due, now)
  const title = `办理时限 ${exactMoment(due)}`
  return pressure === 'calm' ? <span title={title}>{text}</span> : <Tag tone={PRESSURE[pressure]} title={title}>{text}</Tag>
}

const ENDED: Readonly<Record<string, Tone>> = {
  approved: 'green', done: 'green', issued: 'green', finished: 'green', published: 'green', closed: 'green', rejected: 'seal', overdue: 'seal', returned: 'amber', draft: 'plain', void: 'plain',
  terminated: 'plain', withdrawn: 'plain', cancelled: 'plain',
}

/** State of a record; running ones are blue, well-known ends have their colours. */
export const StateTag = ({ state, label }: { readonly state: string; readonly label: string }) => <Tag tone={ENDED[state] ?? 'primary'}>{label}</Tag>
