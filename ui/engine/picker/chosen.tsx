import { Tag } from 'antd'
import type { Labels } from '#kit/fields/field.ts'

/** What has been chosen so far, each to be dropped again. */
export const Chosen = ({ ids, names, drop }: { readonly ids: readonly string[]; readonly names: Labels; readonly drop: (id: string) => void }) => (
  <div className="picker-chosen" aria-label="已选">
    {ids.length === 0 && <span className="faint">尚未选择</span>}
    {ids.map((id) => <Tag key={id} closable onClose={() => drop(id)}>{names[id] ?? '…'}</Tag>)}
  </div>
)
