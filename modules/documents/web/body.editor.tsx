import type { StructuredProps } from '#ui/engine/fields/slots.tsx'
import type { NumberStyle } from '#modules/documents/body.ts'
import { blocksOf } from '#modules/documents/outgoing/draft.ts'
import { BodyEditor } from './body/body-editor.tsx'
import { BodyView } from './body/body-view.tsx'

const styleOf = (value: unknown): NumberStyle =>
  typeof value === 'object' && value !== null && 'numberStyle' in value && value.numberStyle === 'two-level' ? 'two-level' : 'standard'

/** The text of an official document, `{ blocks, numberStyle? }`: to write with `change`, else to read. */
export default function BodySlot({ value, change }: StructuredProps) {
  const style = styleOf(value)
  if (change === undefined) return <BodyView blocks={blocksOf(value)} numberStyle={style} />
  return <BodyEditor value={blocksOf(value)} numberStyle={style} change={(blocks) => change({ blocks, ...(style === 'two-level' && { numberStyle: style }) })} />
}
