import type { TaskWire, TimelineWire } from '#kit/wire/task.ts'
import { NowCards } from '#ui/engine/flow/now-card.tsx'
import { Timeline } from '#ui/engine/flow/timeline.tsx'
import '#ui/engine/flow/flow.css'

interface Props {
  readonly task: TaskWire | undefined
  readonly entries: readonly TimelineWire['entries'][number][]
}

/** Beside the record: where it is now, who has it and why, how it came here, and where it will go. */
export function Rail({ task, entries }: Props) {
  return (
    <aside className="rail" aria-label="流程">
      <NowCards task={task} entries={entries} />
      <div className="rail-way">
        <Timeline entries={entries} />
      </div>
    </aside>
  )
}
