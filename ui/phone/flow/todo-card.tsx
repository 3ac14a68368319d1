import { Link } from 'react-router'
import type { TodoWire } from '#kit/wire/task.ts'
import { AgencyTag, UrgencyTag } from '#ui/components/tag.tsx'
import { exactMoment, shortMoment } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'
import { DueBadge } from './due-badge.tsx'
import { todoAddress } from './todo-address.ts'

/** The limit of what waits for me; when it came or was done for the rest. */
function When({ item: { box, due, at } }: { readonly item: TodoWire }) {
  const now = useNow()
  if (box !== 'todo' || due === null) return <time className="faint" title={exactMoment(at)}>{shortMoment(at, now)}</time>
  return <DueBadge due={due} />
}

/** One to-do in two lines: what it is about, then which step, from whom, and until when. */
export const TodoCard = ({ item }: { readonly item: TodoWire }) => (
  <Link to={todoAddress(item)} className="p-card p-line">
    <span className="p-line-title"><UrgencyTag urgency={item.urgency} /><AgencyTag agency={item.agency} /> {item.title}</span>
    <span className="p-line-note">
      <span className="cut grow"><span className="quiet">{[item.moduleTitle, item.stepName].filter((part) => part !== '').join(' · ')}</span>　<span className="faint">{item.box === 'mine' ? item.where : item.from}</span></span>
      <When item={item} />
    </span>
  </Link>
)
