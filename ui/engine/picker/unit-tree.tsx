import { useMemo, useState } from 'react'
import { Tree } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import type { UnitWire } from '#kit/wire/org.ts'
import { readUnits, useUnits } from '#ui/api/directory.ts'
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

/** The organisation as a tree that reads a branch when it is opened; arrows move, Enter chooses. */
export function UnitTree({ selected, select, organisations = false, height, root = 'root' }: Props) {
  const client = useQueryClient()
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
        <Tree
          blockNode treeData={nodesOf(items, read)} selectedKeys={selected === null ? [] : [selected]} height={height}
          loadData={(node) => (read.has(String(node.key)) ? Promise.resolve() : load(String(node.key)))}
          onSelect={(_keys, { node }) => {
            const unit = known.get(String(node.key))
            if (unit !== undefined) select(unit)
          }}
        />
      )}
    </Loaded>
  )
}
