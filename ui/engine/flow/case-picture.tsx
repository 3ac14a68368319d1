import type { TimelineWire } from '#kit/wire/task.ts'
import { useDiagram } from '#ui/api/tasks.ts'
import { Loaded } from '#ui/components/states.tsx'
import { PictureView } from './picture-view.tsx'

interface Props {
  readonly caseId: string
  readonly entries: readonly TimelineWire['entries'][number][]
}

/** The process picture of a case with its live state. */
export const CasePicture = ({ caseId, entries }: Props) => <Loaded of={useDiagram(caseId)} lines={10}>{(diagram) => <PictureView diagram={diagram} entries={entries} />}</Loaded>
