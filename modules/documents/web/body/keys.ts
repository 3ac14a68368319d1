import { Extension, InputRule } from '@tiptap/core'
import type { Editor } from '@tiptap/core'
import { addRowAfter, goToNextCell, isInTable } from '@tiptap/pm/tables'
import type { HeadingLevel } from '#modules/documents/body.ts'

const LEVELS: readonly HeadingLevel[] = [1, 2, 3, 4]

/** Level of the heading the cursor stands in; 0 in a paragraph. */
export const levelAt = (editor: Editor): HeadingLevel | 0 => (editor.isActive('heading') ? (LEVELS.find((level) => editor.isActive('heading', { level })) ?? 1) : 0)

/** Makes the chosen paragraphs headings of a level, or text again (0), which has no run-in part. */
export function setLevel(editor: Editor, level: HeadingLevel | 0): boolean {
  if (isInTable(editor.state)) return false
  const chain = editor.chain().focus()
  if (level > 0) return chain.setNode('heading', { level }).run()
  const { $from, $to } = editor.state.selection
  const runIn = editor.schema.marks['runIn']
  return chain.setNode('paragraph').command(({ tr }) => {
    if (runIn) tr.removeMark($from.start(), $to.end(), runIn)
    return true
  }).run()
}

/** What follows the cursor in a heading runs in as body text; in such text the whole of it becomes heading again. */
export function toggleRunIn(editor: Editor): boolean {
  const runIn = editor.schema.marks['runIn']
  const { $from } = editor.state.selection
  if (runIn === undefined || $from.parent.type.name !== 'heading') return false
  if (editor.isActive('runIn')) return editor.chain().focus().command(({ tr }) => { tr.removeMark($from.start(), $from.end(), runIn).removeStoredMark(runIn); return true }).run()
  return editor.chain().focus().command(({ tr }) => { tr.addMark($from.pos, $from.end(), runIn.create()).addStoredMark(runIn.create()); return true }).run()
}

function nextCell(editor: Editor): boolean {
  const { state, view } = editor
  if (goToNextCell(1)(state, view.dispatch)) return true
  return addRowAfter(state, view.dispatch) && goToNextCell(1)(view.state, view.dispatch)
}

/** In a table to the next cell, in a heading one level deeper; in text it leaves the editor as everywhere. */
function onTab(editor: Editor): boolean {
  if (isInTable(editor.state)) return nextCell(editor)
  const level = levelAt(editor)
  const deeper = LEVELS.find((one) => one === level + 1)
  return level > 0 && (deeper === undefined || setLevel(editor, deeper))
}

function onShiftTab(editor: Editor): boolean {
  if (isInTable(editor.state)) return goToNextCell(-1)(editor.state, editor.view.dispatch)
  const level = levelAt(editor)
  return level > 0 && setLevel(editor, LEVELS.find((one) => one === level - 1) ?? 0)
}

/** Behind a whole heading comes text, and an empty heading becomes text. */
function onEnter(editor: Editor): boolean {
  const { $from, empty } = editor.state.selection
  if (!empty || $from.parent.type.name !== 'heading') return false
  if ($from.parent.content.size === 0) return setLevel(editor, 0)
  if ($from.parentOffset < $from.parent.content.size) return false
  editor.chain().splitBlock().setNode('paragraph').command(({ tr }) => { tr.setStoredMarks([]); return true }).run()
  return true
}

function onBackspace(editor: Editor): boolean {
  const { $from, empty } = editor.state.selection
  return empty && $from.parentOffset === 0 && $from.parent.type.name === 'heading' && setLevel(editor, 0)
}

/** A number typed at the start of a paragraph makes it a heading; the number itself is generated from then on. */
const TYPED: readonly (readonly [HeadingLevel, RegExp])[] = [
  [1, /^[一二三四五六七八九十]{1,3}、$/],
  [2, /^[（(][一二三四五六七八九十]{1,3}[）)]$/],
  // A digit after the stop would be a decimal, so the rule waits for the first letter.
  [3, /^[1-9]\d?[.．]\s?([^\d\s.．].{0,9})$/],
  [4, /^[（(][1-9]\d?[）)]$/],
]

const typedRule = ([level, find]: (typeof TYPED)[number]): InputRule => new InputRule({
  find,
  handler: ({ state, range, match }) => {
    const { $from } = state.selection
    const heading = state.schema.nodes['heading']
    if ($from.parent.type.name !== 'paragraph' || $from.depth !== 1 || heading === undefined) return null
    // Not `deleteRange`, which would take an emptied paragraph with it.
    state.tr.insertText(match[1] ?? '', range.from, range.to).setBlockType(range.from, range.from, heading, { level })
    return undefined
  },
})

export const Keys = Extension.create({
  name: 'keys',
  priority: 1000,
  addKeyboardShortcuts() {
    const { editor } = this
    const levels = [0, ...LEVELS] as const
    return {
      Tab: () => onTab(editor), 'Shift-Tab': () => onShiftTab(editor), Enter: () => onEnter(editor), 'Shift-Enter': () => toggleRunIn(editor) || editor.commands.splitBlock(),
      Backspace: () => editor.commands.undoInputRule() || onBackspace(editor),
      ...Object.fromEntries(levels.flatMap((level) => [[`Mod-${level}`, () => setLevel(editor, level)], [`Mod-Alt-${level}`, () => setLevel(editor, level)]])),
    }
  },
  addInputRules: () => TYPED.map(typedRule),
})
