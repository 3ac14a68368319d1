import type { Node } from '@tiptap/pm/model'
import type { Place } from '#modules/documents/checks/finding.ts'

export type Range = { from: number; to: number }

/** Letters before the run-in text of a heading. */
function headingLength(heading: Node): number {
  let length = 0
  let runsIn = false
  heading.forEach((text) => {
    runsIn ||= text.marks.some((mark) => mark.type.name === 'runIn')
    if (!runsIn) length += text.nodeSize
  })
  return length
}

/** Position before the nth child of a node whose content begins at `start`. */
function childStart(parent: Node, start: number, index: number): number {
  let at = start
  for (let nth = 0; nth < index; nth++) at += parent.child(nth).nodeSize
  return at
}

function textBlock(doc: Node, { block, row, cell }: Place): { node: Node; start: number } | null {
  if (block >= doc.childCount) return null
  const node = doc.child(block)
  const before = childStart(doc, 0, block)
  if (node.type.name !== 'table') return { node, start: before + 1 }
  if (row === undefined || cell === undefined || row >= node.childCount || cell >= node.child(row).childCount) return null
  const rowStart = childStart(node, before + 1, row)
  return { node: node.child(row).child(cell), start: childStart(node.child(row), rowStart + 1, cell) + 1 }
}

/** Where a place of the main text stands in the editor now; null once the text has moved on and it is gone. */
export function rangeOf(doc: Node, place: Place): Range | null {
  if (place.attachment !== undefined) return null
  const found = textBlock(doc, place)
  if (found === null) return null
  const shift = place.part === 'rest' ? headingLength(found.node) : 0
  const most = found.node.content.size
  const from = Math.min(place.from + shift, most)
  const to = Math.min(place.to + shift, most)
  return { from: found.start + from, to: found.start + Math.max(from, to) }
}
