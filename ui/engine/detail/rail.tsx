import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { TaskWire, TimelineWire } from '#kit/wire/task.ts'
import { usePreview } from '#ui/api/tasks.ts'
import { NextSteps } from '#ui/engine/flow/next-steps.tsx'
import { NowCards } from '#ui/engine/flow/now-card.tsx'
import { Timeline } from '#ui/engine/flow/timeline.tsx'
import '#ui/engine/flow/flow.css'

interface Props {
  readonly record: RecordDetailWire
  readonly task: TaskWire | undefined
  readonly entries: readonly TimelineWire['entries'][number][]
}

/** Beside the record: where it is now, who has it and why, how it came here, and where it will go. */
export function Rail({ record, task, entries }: Props) {
  const running = entries.some(({ state }) => state === 'now')
  const foreseen = entries.some(({ state }) => state === 'next')
  const preview = usePreview(running && !foreseen ? record.caseId : null)
  return (
    <aside className="rail" aria-label="流程">
      <NowCards task={task} entries={entries} />
      <div className="rail-way">
        <Timeline entries={entries} />
        {running && !foreseen && preview.data !== undefined && <NextSteps steps={preview.data.steps} />}
      </div>
    </aside>
  )
}
