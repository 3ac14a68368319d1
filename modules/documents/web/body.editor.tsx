import type { StructuredProps } from '#ui/engine/fields/slots.tsx'
import type { Block } from '#modules/documents/body.ts'
import { BodyEditor } from './body/body-editor.tsx'
import { BodyView } from './body/body-view.tsx'

/** The field holds what the server's check of the shape let through. */
const blocksOf = (value: unknown): readonly Block[] => (Array.isArray(value) ? (value as Block[]) : [])

/** The text of an official document: to write with `change`, else to read. */
export default function BodySlot({ value, change }: StructuredProps) {
  return change === undefined ? <BodyView blocks={blocksOf(value)} /> : <BodyEditor value={blocksOf(value)} change={change} />
}
