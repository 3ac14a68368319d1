import { PhoneOutlined } from '@ant-design/icons'
import type { PostWire } from '#kit/wire/org.ts'
import { Face } from '#ui/components/face.tsx'

/** A person with post and unit; the receiver calls. */
export const PersonRow = ({ post: { name, title, unitName, organisationName, phone } }: { readonly post: PostWire }) => (
  <div className="p-row">
    <Face name={name} size={40} />
    <span className="grow p-person"><strong>{name}</strong><span className="faint cut">{[title, unitName === organisationName ? '' : unitName, organisationName].filter((part) => part !== '').join(' · ')}</span></span>
    {phone !== null && <a className="p-touch p-call" href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`} aria-label={`给${name}打电话 ${phone}`}><PhoneOutlined /></a>}
  </div>
)
