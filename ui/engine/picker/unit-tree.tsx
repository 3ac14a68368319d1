import { useMemo, useRef, useState } from 'react'
import { Tree } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import type { UnitWire } from '#kit/wire/org.ts'
import { readUnits, useUnitPath, useUnits } from '#ui/api/directory.ts'
import { useSignedIn } from '#ui/api/session.ts'
import { Loaded } from '#ui/components/states.tsx'

interface Props {
  readonly selected: string | null
  readonly select: (unit: UnitWire) => void
  readonly organisations?: boolean
  readonly height?: number
  /** Unit whose children stand at the top; the district unless told. */
  readonly root?: string
}

interface Node {
  readonly key: string
  readonly title: string
  readonly isLeaf: boolean
  readonly children?: Node[]
}

function nodesOf(units: readonly UnitWire[], childrenOf: ReadonlyMap<string, readonly UnitWire[]>): Node[] {
  return units.map((unit) => {
    const children = childrenOf.get(unit.id)
    return { key: unit.id, title: unit.shortName || unit.name, isLeaf: !unit.hasChildren, ...(children !== undefined && { children: nodesOf(children, childrenOf) }) }
  })
}

/** Waits for the way down to a unit, so that the tree can begin opened there. */
function Opened({ at, children }: { readonly at: string; readonly children: (keys: string[]) => React.ReactNode }) {
  const path = useUnitPath(at)
  return path.isError ? children([]) : <Loaded of={path} lines={8}>{({ items }) => children(items.map(({ id }) => id))}</Loaded>
}

/** A branch has been read: its lines stand there after the next picture. */
const showSelected = (frame: HTMLElement | null): number => requestAnimationFrame(() => frame?.querySelector('.ant-tree-treenode-selected')?.scrollIntoView({ block: 'center' }))

/** The organisation as a tree, opened at what is selected or at the person's own organisation; it reads a branch when it is opened; arrows move, Enter chooses. */
export function UnitTree({ selected, select, organisations = false, height, root = 'root' }: Props) {
  const client = useQueryClient()
  const { post } = useSignedIn()
  const [opensAt] = useState(selected ?? post.organisationId)
  const frame = useRef<HTMLDivElement>(null)
  const [expanded, setExpanded] = useState<readonly string[] | null>(null)
  const roots = useUnits(root, organisations)
  const [read, setRead] = useState<ReadonlyMap<string, readonly UnitWire[]>>(new Map())
  const known = useMemo(() => new Map([...(roots.data?.items ?? []), ...[...read.values()].flat()].map((unit) => [unit.id, unit])), [roots.data, read])
  const load = async (key: string): Promise<void> => {
    const { items } = await client.fetchQuery({ queryKey: ['units', key, organisations], queryFn: () => readUnits(key, organisations), staleTime: 3_600_000 })
    setRead((old) => new Map(old).set(key, items))
  }
  return (
    <Loaded of={roots} lines={8}>
      {({ items }) => (
        <Opened at={opensAt}>{(keys) => <div ref={frame}><Tree
          blockNode expandedKeys={[...(expanded ?? keys)]} onExpand={(opened) => setExpanded(opened.map(String))} treeData={nodesOf(items, read)} selectedKeys={selected === null ? [] : [selected]} height={height}
          loadData={(node) => (read.has(String(node.key)) ? Promise.resolve() : load(String(node.key)))}
          onLoad={(_keys, { node }) => keys.includes(String(node.key)) && showSelected(frame.current)}
          onSelect={(_keys, { node }) => {
            const unit = known.get(String(node.key))
            if (unit !== undefined) select(unit)
          }}
        /></div>}</Opened>
      )}
    </Loaded>
  )
}
