import { use } from 'react'
import type { StructuredProps } from '#ui/engine/fields/slots.tsx'
import { BodyEditor } from './body/body-editor.tsx'
import { BodyView } from './body/body-view.tsx'
import { BodyHintsContext } from './body/hints.ts'
import { bodyOf } from './body/stored.ts'

/** The text of an official document: to write with `change`, else to read. */
export default function BodySlot({ value, change }: StructuredProps) {
  const hints = use(BodyHintsContext)
  const body = bodyOf(value)
  if (change === undefined) return <BodyView blocks={body.blocks} numberStyle={body.numberStyle ?? 'standard'} />
  return <BodyEditor {...hints} value={body.blocks} change={(blocks) => change(blocks.length === 0 ? null : { ...body, blocks })} {...(body.numberStyle !== undefined && { numberStyle: body.numberStyle })} />
}
