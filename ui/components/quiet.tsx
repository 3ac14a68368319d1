import type { ReactNode } from 'react'
import { useAfter } from '#ui/lib/use-later.ts'

const SKELETON_MS = 200

/** Bars of the coming shape, shown only when loading takes longer than people notice. */
export function Loading({ lines = 5 }: { readonly lines?: number | undefined }) {
  const slow = useAfter(SKELETON_MS)
  return (
    <div className="bones" role="status" aria-label="正在加载" style={slow ? undefined : { visibility: 'hidden' }}>
      {Array.from({ length: lines }, (_, index) => <i key={index} style={{ width: `${[92, 78, 85, 64, 88][index % 5]}%` }} />)}
    </div>
  )
}

/** Nothing here: what this is, and the first step. */
export const Empty = ({ title, children, small = false }: { readonly title: string; readonly children?: ReactNode; readonly small?: boolean }) => (
  <div className={small ? 'state state-small' : 'state'}>
    {small ? <span>{title}</span> : <strong>{title}</strong>}
    {children}
  </div>
)
