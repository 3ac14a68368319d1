import { Mark, mergeAttributes, Node } from '@tiptap/core'
import type { Extensions } from '@tiptap/core'
import { tableEditing } from '@tiptap/pm/tables'
import { StarterKit } from '@tiptap/starter-kit'

declare module '@tiptap/core' {
  interface NodeConfig {
    /** What prosemirror-tables takes the node for. */
    tableRole?: 'table' | 'row' | 'cell'
  }
}

/** A heading; its number is drawn, never typed. */
const Heading = Node.create({
  name: 'heading',
  group: 'block',
  content: 'inline*',
  defining: true,
  addAttributes: () => ({ level: { default: 1, rendered: false } }),
  parseHTML: () => [1, 2, 3, 4].map((level) => ({ tag: `h${level}`, attrs: { level } })),
  renderHTML: ({ node, HTMLAttributes }) => [`h${String(node.attrs['level'])}`, HTMLAttributes, 0],
})

/** Text that runs on behind a heading in body type. */
const RunIn = Mark.create({
  name: 'runIn',
  parseHTML: () => [{ tag: 'span[data-run-in]' }],
  renderHTML: ({ HTMLAttributes }) => ['span', mergeAttributes(HTMLAttributes, { 'data-run-in': '' }), 0],
})

const count = (value: string | null): number => Math.max(1, Number(value) || 1)

const TableCell = Node.create({
  name: 'tableCell',
  content: 'inline*',
  tableRole: 'cell',
  isolating: true,
  addAttributes: () => ({
    colspan: { default: 1, parseHTML: (element) => count(element.getAttribute('colspan')) },
    rowspan: { default: 1, parseHTML: (element) => count(element.getAttribute('rowspan')) },
    align: { default: null, parseHTML: (element) => element.getAttribute('data-align'), renderHTML: ({ align }) => (align === null ? {} : { 'data-align': align as string }) },
  }),
  parseHTML: () => [{ tag: 'td' }, { tag: 'th' }],
  renderHTML: ({ HTMLAttributes }) => ['td', HTMLAttributes, 0],
})

const TableRow = Node.create({
  name: 'tableRow',
  content: 'tableCell*',
  tableRole: 'row',
  parseHTML: () => [{ tag: 'tr' }],
  renderHTML: ({ HTMLAttributes }) => ['tr', HTMLAttributes, 0],
})

/** `header`: how many leading rows repeat on each page. */
const Table = Node.create({
  name: 'table',
  group: 'block',
  content: 'tableRow+',
  tableRole: 'table',
  isolating: true,
  addAttributes: () => ({
    header: { default: 0, parseHTML: (element) => Number(element.getAttribute('data-header')) || 0, renderHTML: ({ header }) => ({ 'data-header': String(header) }) },
  }),
  parseHTML: () => [{ tag: 'table' }],
  renderHTML: ({ HTMLAttributes }) => ['table', HTMLAttributes, ['tbody', 0]],
  extendNodeSchema: ({ config }) => (config.tableRole === undefined ? {} : { tableRole: config.tableRole }),
  addProseMirrorPlugins: () => [tableEditing()],
})

/** Everything the structure of a body allows and nothing else: other formats of what is pasted fall away. */
export const structure: Extensions = [
  StarterKit.configure({
    heading: false, blockquote: false, bulletList: false, orderedList: false, listItem: false, listKeymap: false, code: false, codeBlock: false, hardBreak: false,
    horizontalRule: false, italic: false, link: false, strike: false, underline: false, trailingNode: false,
  }),
  Heading, RunIn, Table, TableRow, TableCell,
]
