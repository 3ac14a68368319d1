import { useState } from 'react'
import type { ComponentType } from 'react'
import type { EntityMeta } from '#ui/api/meta.ts'
import type { OpenedProps } from '#ui/engine/detail/opened-record.tsx'
import type { RecordPageProps } from '#ui/engine/detail/pages.ts'
import { useRecordPage } from '#ui/engine/detail/use-record-page.ts'
import { Page } from '../frame/page.tsx'
import { Loaded } from '../frame/states.tsx'

interface Props extends RecordPageProps {
  readonly meta: EntityMeta
  readonly as: ComponentType<OpenedProps>
}

/** Loads a record and hands it on. Keyed by task, so that its form starts anew when the step changed, but not when somebody else saved the record. */
export function OpenedRecord({ as: Drawn, ...props }: Props) {
  const page = useRecordPage(props.entity, props.id, props.taskId)
  const [result, finish] = useState<string | null>(null)
  const record = page.record.data
  // Head and back also stand while the record is loading or cannot be read.
  if (record === undefined) return <Page title={props.meta.entity.label} home={`/app/${props.entity}`}><Loaded of={page.record} lines={10}>{() => null}</Loaded></Page>
  return <Drawn key={`${record.id}:${page.task?.id ?? ''}:${page.task?.state ?? ''}`} {...props} record={record} page={page} result={result} finish={finish} />
}
