import type { StructuredProps } from '#ui/engine/fields/slots.tsx'
import { BodyView } from '../web/body/body-view.tsx'
import { bodyOf } from '../web/body/stored.ts'

/** The text of an official document reflowed to the phone's width; it is written on a PC. */
export default function BodySlot({ value, change }: StructuredProps) {
  return (
    <>
      {change !== undefined && <p className="quiet">正文请在电脑上起草和修改</p>}
      <BodyView blocks={bodyOf(value).blocks} />
    </>
  )
}
