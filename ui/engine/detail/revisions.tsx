import { useRevisions } from '#ui/api/records.ts'
import { Loaded } from '#ui/components/states.tsx'
import { RevisionList } from './revision-list.tsx'

export const Revisions = ({ entity, id }: { readonly entity: string; readonly id: string }) => (
  <Loaded of={useRevisions(entity, id)}>{({ items }) => <RevisionList items={items} />}</Loaded>
)
