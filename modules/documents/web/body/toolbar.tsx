import { Button, Dropdown, Select } from 'antd'
import { BoldOutlined, RedoOutlined, TableOutlined, UndoOutlined } from '@ant-design/icons'
import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import {
  addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, deleteColumn, deleteRow, deleteTable, isInTable, mergeCells, selectedRect, setCellAttr, splitCell,
} from '@tiptap/pm/tables'
import { TextSelection } from '@tiptap/pm/state'
import type { Command } from '@tiptap/pm/state'
import { toNodes } from './doc.ts'
import { levelAt, setLevel, toggleRunIn } from './keys.ts'

const LEVELS = [{ value: 0, label: '正文' }, { value: 1, label: '一、标题' }, { value: 2, label: '（一）标题' }, { value: 3, label: '1. 标题' }, { value: 4, label: '（1）标题' }] as const

const NEW_TABLE = { type: 'table' as const, header: 1, rows: Array.from({ length: 3 }, () => ({ cells: Array.from({ length: 3 }, () => ({ text: [] })) })) }

/** A new table behind the paragraph of the cursor, in place of an empty one; something to type in stands behind it. */
const insertTable: Command = (state, dispatch) => {
  const { $from } = state.selection
  if ($from.depth === 0) return false
  const nodes = toNodes([NEW_TABLE, ...($from.after(1) === state.doc.content.size ? [{ type: 'paragraph' as const, text: [] }] : [])]).map((node) => state.schema.nodeFromJSON(node))
  const from = $from.parent.content.size === 0 ? $from.before(1) : $from.after(1)
  const tr = state.tr.replaceWith(from, $from.after(1), nodes)
  dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(from + 3))).scrollIntoView())
  return true
}

/** The rows down to that of the cursor repeat on each page; a second time none does. */
const toggleHeader: Command = (state, dispatch) => {
  if (!isInTable(state)) return false
  const { table, tableStart, bottom } = selectedRect(state)
  dispatch?.(state.tr.setNodeMarkup(tableStart - 1, null, { ...table.attrs, header: table.attrs['header'] === bottom ? 0 : bottom }))
  return true
}

const TABLE_ACTS: readonly (readonly [string, Command] | null)[] = [
  ['上方加行', addRowBefore], ['下方加行', addRowAfter], ['左侧加列', addColumnBefore], ['右侧加列', addColumnAfter], null,
  ['设为（取消）表头行', toggleHeader], ['合并单元格', mergeCells], ['拆分单元格', splitCell], null,
  ['左对齐', setCellAttr('align', 'left')], ['居中', setCellAttr('align', 'center')], ['右对齐', setCellAttr('align', 'right')], null,
  ['删除行', deleteRow], ['删除列', deleteColumn], ['删除表格', deleteTable],
]

function TableMenu({ editor, inTable }: { readonly editor: Editor; readonly inTable: boolean }) {
  const run = (command: Command): void => {
    command(editor.state, editor.view.dispatch)
    editor.commands.focus()
  }
  if (!inTable) {
    return <Button type="text" icon={<TableOutlined />} onClick={() => run(insertTable)}>插入表格</Button>
  }
  const items = TABLE_ACTS.map((act, index) => (act === null
    ? { type: 'divider' as const, key: `line-${index}` }
    : { key: act[0], label: act[0], disabled: !act[1](editor.state), onClick: () => run(act[1]) }))
  return <Dropdown trigger={['click']} menu={{ items }}><Button type="text" icon={<TableOutlined />}>表格</Button></Dropdown>
}

/** What may be done to the text; every button has its key. */
export function Toolbar({ editor }: { readonly editor: Editor }) {
  const now = useEditorState({
    editor,
    selector: ({ editor }) => ({
      level: levelAt(editor), bold: editor.isActive('bold'), runIn: editor.isActive('runIn'), inTable: isInTable(editor.state), undo: editor.can().undo(), redo: editor.can().redo(),
      letters: editor.state.doc.textContent.replaceAll(/\s/g, '').length,
    }),
  })
  return (
    <div className="body-tools" role="toolbar" aria-label="正文格式">
      <Button type="text" icon={<UndoOutlined />} aria-label="撤销" title="撤销（Ctrl+Z）" disabled={!now.undo} onClick={() => editor.chain().focus().undo().run()} />
      <Button type="text" icon={<RedoOutlined />} aria-label="重做" title="重做（Ctrl+Y）" disabled={!now.redo} onClick={() => editor.chain().focus().redo().run()} />
      <Select
        aria-label="段落级别" title="Ctrl+0 正文，Ctrl+1 至 4 标题；标题中按 Tab 降级、Shift+Tab 升级" variant="borderless" className="body-level" value={now.level} disabled={now.inTable}
        onChange={(level) => setLevel(editor, level)} options={[...LEVELS]}
      />
      <Button type={now.runIn ? 'link' : 'text'} aria-pressed={now.runIn} title="光标后的文字接在标题后面、按正文排（Shift+Enter）" disabled={now.level === 0} onClick={() => toggleRunIn(editor)}>接排正文</Button>
      <Button type={now.bold ? 'link' : 'text'} icon={<BoldOutlined />} aria-label="加粗" aria-pressed={now.bold} title="加粗（Ctrl+B）" onClick={() => editor.chain().focus().toggleMark('bold').run()} />
      <TableMenu editor={editor} inTable={now.inTable} />
      <span className="grow" />
      <span className="faint body-count">{now.letters.toLocaleString('zh-CN')} 字</span>
    </div>
  )
}
