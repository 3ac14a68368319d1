import { Editor } from '@tiptap/core'
import { expect, test } from 'vitest'
import type { Block } from '#modules/documents/body.ts'
import { fromDoc, toDoc } from './doc.ts'
import { Keys, setLevel, toggleRunIn } from './keys.ts'
import { MOST_LETTERS } from './limits.ts'
import { Drawn, showFindings } from './marks.ts'
import { blocksOf, insertBlocks, Paste } from './paste.ts'
import { structure } from './schema.ts'

const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {font-size:16pt}</style></head><body>
<h1><span lang=EN-US>总体要求</span></h1>
<p class=MsoNormal style='text-indent:32.0pt'><span>为做好安全生产<b>大检查</b>工作，现就有关事项
通知如下。<o:p></o:p></span></p>
<p class=MsoNormal style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>（一）<span>&nbsp;&nbsp;</span></span><![endif]>突出重点领域</p>
<p class=MsoNormal><span style='mso-list:Ignore'>·&nbsp;</span>1.加强领导。各单位要高度重视。</p>
<p class=MsoNormal><del>删去的话</del><span style='display:none'>隐藏</span></p>
<table border=1><thead><tr><th>序号</th><th>单位</th></tr></thead><tr><td><p class=MsoNormal align=center>1</p></td><td>区应急局</td></tr></table>
</body></html>`

const open = (blocks: Block[] = [], refuse: (message: string) => void = () => undefined): Editor =>
  new Editor({ extensions: [...structure, Keys, Drawn, Paste.configure({ refuse })], content: toDoc(blocks), injectCSS: false })
const body = (editor: Editor): Block[] => fromDoc(editor.getJSON())
const paragraph = (text: string): Block => ({ type: 'paragraph', text: [{ text }] })

test('Word: styles and typed numbers become headings, struck and hidden text goes, tables keep their head', () => {
  expect(blocksOf(WORD, '')).toEqual([
    { type: 'heading', level: 1, text: [{ text: '总体要求' }] },
    { type: 'paragraph', text: [{ text: '为做好安全生产' }, { text: '大检查', bold: true }, { text: '工作，现就有关事项通知如下。' }] },
    { type: 'heading', level: 2, text: [{ text: '突出重点领域' }] },
    { type: 'heading', level: 3, text: [{ text: '加强领导。' }], rest: [{ text: '各单位要高度重视。' }] },
    { type: 'table', header: 1, rows: [{ cells: [{ text: [{ text: '序号' }] }, { text: [{ text: '单位' }] }] }, { cells: [{ text: [{ text: '1' }], align: 'center' }, { text: [{ text: '区应急局' }] }] }] },
  ])
})

test('plain text: lines, typed numbers and tabbed rows', () => {
  expect(blocksOf('', '一、总体要求\r\n　　抓好落实。\r\n序号\t单位\r\n1\t区应急局')).toEqual([
    { type: 'heading', level: 1, text: [{ text: '总体要求' }] }, paragraph('抓好落实。'),
    { type: 'table', rows: [{ cells: [{ text: [{ text: '序号' }] }, { text: [{ text: '单位' }] }] }, { cells: [{ text: [{ text: '1' }] }, { text: [{ text: '区应急局' }] }] }] },
  ])
})

test('what is pasted stands where the cursor is; one paragraph joins the line', () => {
  const editor = open([paragraph('甲乙')])
  editor.commands.setTextSelection(2)
  const tr = insertBlocks(editor.state, [paragraph('丙')])
  if (tr) editor.view.dispatch(tr)
  expect(body(editor)).toEqual([paragraph('甲丙乙')])
  editor.destroy()
})

test('in a cell everything becomes one line', () => {
  const editor = open([{ type: 'table', rows: [{ cells: [{ text: [{ text: '甲' }] }, { text: [] }] }] }])
  editor.commands.setTextSelection(4)
  const tr = insertBlocks(editor.state, blocksOf(WORD, '').slice(0, 1).concat(paragraph('乙')))
  if (tr) editor.view.dispatch(tr)
  expect(body(editor)).toEqual([{ type: 'table', rows: [{ cells: [{ text: [{ text: '甲总体要求　乙' }] }, { text: [] }] }] }])
  editor.destroy()
})

test('a body never grows beyond the limit, and the person learns why', () => {
  const told: string[] = []
  const editor = open([paragraph('甲')], (message) => told.push(message))
  const tr = insertBlocks(editor.state, [paragraph('长'.repeat(MOST_LETTERS))])
  if (tr) editor.view.dispatch(tr)
  expect(told[0]).toMatch(/^正文最多 10 万字/)
  expect(body(editor)).toEqual([paragraph('甲')])
  editor.destroy()
})

test('levels and run-in text are set at the cursor', () => {
  const editor = open([paragraph('加强领导。各单位要')])
  editor.commands.setTextSelection(6)
  setLevel(editor, 3)
  toggleRunIn(editor)
  expect(body(editor)).toEqual([{ type: 'heading', level: 3, text: [{ text: '加强领导。' }], rest: [{ text: '各单位要' }] }])
  setLevel(editor, 0)
  expect(body(editor)).toEqual([paragraph('加强领导。各单位要')])
  editor.destroy()
})

test('numbers are drawn, and findings are underlined where they stand', () => {
  const editor = open([{ type: 'heading', level: 1, text: [{ text: '甲' }] }, { type: 'heading', level: 2, text: [{ text: '乙。' }], rest: [{ text: '丙丁' }] }])
  editor.view.dispatch(showFindings(editor.state, [{ rule: 'C2', severity: 'hint', field: 'body', message: '请核对', at: { block: 1, part: 'rest', from: 1, to: 2 } }]))
  expect([...editor.view.dom.querySelectorAll('[data-number]')].map((heading) => heading.getAttribute('data-number'))).toEqual(['一、', '（一）'])
  expect(editor.view.dom.querySelector('.body-finding')?.textContent).toBe('丁')
  editor.destroy()
})

/** Types letter by letter, as the browser hands them to the editor. */
function type(editor: Editor, letters: string): void {
  for (const letter of letters) {
    const { from, to } = editor.state.selection
    const handled = editor.view.someProp('handleTextInput', (handle) => handle(editor.view, from, to, letter, () => editor.state.tr.insertText(letter, from, to)))
    if (handled !== true) editor.view.dispatch(editor.state.tr.insertText(letter, from, to))
  }
}

const press = (editor: Editor, key: string): void => void editor.view.someProp('handleKeyDown', (handle) => handle(editor.view, new KeyboardEvent('keydown', { key })))

test('numbers typed at the start of a paragraph make headings; Enter behind one goes on with text', () => {
  const editor = open([paragraph('甲'), { type: 'paragraph', text: [] }])
  editor.commands.setTextSelection(4)
  type(editor, '一、总体要求')
  press(editor, 'Enter')
  type(editor, '1.5万平方米')
  press(editor, 'Enter')
  type(editor, '1.加强')
  expect(body(editor)).toEqual([
    paragraph('甲'), { type: 'heading', level: 1, text: [{ text: '总体要求' }] }, paragraph('1.5万平方米'), { type: 'heading', level: 3, text: [{ text: '加强' }] },
  ])
  editor.destroy()
})

test('Tab changes the level of a heading and leaves text alone', () => {
  const editor = open([{ type: 'heading', level: 1, text: [{ text: '甲' }] }])
  press(editor, 'Tab')
  expect(body(editor)).toEqual([{ type: 'heading', level: 2, text: [{ text: '甲' }] }])
  setLevel(editor, 0)
  press(editor, 'Tab')
  expect(body(editor)).toEqual([paragraph('甲')])
  editor.destroy()
})
