import type { StructuredProps } from '#ui/engine/fields/slots.tsx'
import type { Block } from '#modules/documents/body.ts'
import { BodyView } from '../web/body/body-view.tsx'

/** The text of an official document reflowed to the phone's width; it is written on a PC. */
export default function BodySlot({ value, change }: StructuredProps) {
  return (
    <>
      {change !== undefined && <p className="quiet">正文请在电脑上起草和修改</p>}
      <BodyView blocks={Array.isArray(value) ? (value as Block[]) : []} />
    </>
  )
}
