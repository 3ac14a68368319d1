import type { Node } from '@tiptap/pm/model'

/** A body the editor, the checks and the layout stay quick with; longer texts belong into attachments. */
export const MOST_LETTERS = 100_000
export const MOST_BLOCKS = 3_000
export const MOST_CELLS = 6_000

export type Size = { letters: number; blocks: number; cells: number }

export function sizeOf(doc: Node): Size {
  let cells = 0
  doc.forEach((node) => {
    if (node.type.name === 'table') node.forEach((row) => void (cells += row.childCount))
  })
  return { letters: doc.textContent.length, blocks: doc.childCount, cells }
}

/** Why a body is too large, in words; null when it is not. */
export function tooLarge({ letters, blocks, cells }: Size): string | null {
  if (letters > MOST_LETTERS) return `正文最多 ${MOST_LETTERS / 10_000} 万字，放入后会有 ${letters.toLocaleString('zh-CN')} 字；较长的材料请作为附件上传`
  if (blocks > MOST_BLOCKS) return `正文最多 ${MOST_BLOCKS} 段，放入后会有 ${blocks} 段；较长的材料请作为附件上传`
  return cells > MOST_CELLS ? `正文中的表格最多 ${MOST_CELLS} 格，放入后会有 ${cells} 格；大表请作为附件上传` : null
}
