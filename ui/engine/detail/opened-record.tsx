import { useState } from 'react'
import type { ComponentType } from 'react'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { EntityMeta } from '#ui/api/meta.ts'
import { Loaded } from '#ui/components/states.tsx'
import type { RecordPageProps } from './pages.ts'
import { useRecordPage } from './use-record-page.ts'

/** What draws a record once it is there: the generic page as well as a module's own. */
export interface OpenedProps extends RecordPageProps {
  readonly meta: EntityMeta
  readonly record: RecordDetailWire
  readonly page: ReturnType<typeof useRecordPage>
  /** What the last act led to, shown in place of the bar. */
  readonly result: string | null
  readonly finish: (result: string) => void
}

interface Props extends RecordPageProps {
  readonly meta: EntityMeta
  readonly as: ComponentType<OpenedProps>
}

/** Loads a record and hands it on. Keyed by task, so that its form starts anew when the step changed, but not when somebody else saved the record. */
export function OpenedRecord({ as: Drawn, ...props }: Props) {
  const page = useRecordPage(props.entity, props.id, props.taskId)
  const [result, finish] = useState<string | null>(null)
  return (
    <Loaded of={page.record} lines={10}>
      {(record) => <Drawn key={`${record.id}:${page.task?.id ?? ''}:${page.task?.state ?? ''}`} {...props} record={record} page={page} result={result} finish={finish} />}
    </Loaded>
  )
}
