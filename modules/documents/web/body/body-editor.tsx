import { useEffect, useRef, useState } from 'react'
import { Alert } from 'antd'
import type { Editor } from '@tiptap/core'
import { closeHistory } from '@tiptap/pm/history'
import { EditorContent, useEditor } from '@tiptap/react'
import { sameJson } from '#base/same.ts'
import type { Block, NumberStyle } from '#modules/documents/body.ts'
import type { Finding, Place } from '#modules/documents/checks/finding.ts'
import { fromDoc, toDoc } from './doc.ts'
import { Keys } from './keys.ts'
import { Drawn, showFindings } from './marks.ts'
import { Paste } from './paste.ts'
import { rangeOf } from './places.ts'
import { structure } from './schema.ts'
import { Toolbar } from './toolbar.tsx'
import './body.css'

interface Props {
  readonly value: readonly Block[]
  readonly change: (value: Block[]) => void
  readonly numberStyle?: NumberStyle
  /** What the checks found; underlined where it stands. */
  readonly findings?: readonly Finding[]
  /** A place to go to; a new object goes there again. */
  readonly goTo?: Place | null
}

const NO_FINDINGS: readonly Finding[] = []

function jump(editor: Editor, place: Place): void {
  const range = rangeOf(editor.state.doc, place)
  if (range === null) return
  editor.chain().setTextSelection(range).focus(null, { scrollIntoView: false }).run()
  const { node } = editor.view.domAtPos(range.from)
  const shown = node instanceof Element ? node : node.parentElement
  shown?.scrollIntoView({ block: 'center' })
}

/** The structured editor of an official text: headings of four levels with generated numbers, paragraphs, tables. */
export function BodyEditor({ value, change, numberStyle = 'standard', findings = NO_FINDINGS, goTo = null }: Props) {
  const [problem, setProblem] = useState<string | null>(null)
  const known = useRef(value)
  const send = useRef(change)
  send.current = change
  const editor = useEditor({
    extensions: [...structure, Keys, Drawn.configure({ numberStyle }), Paste.configure({ refuse: setProblem })],
    content: toDoc(value),
    injectCSS: false,
    editorProps: { attributes: { class: 'body-text', role: 'textbox', 'aria-multiline': 'true', 'aria-label': '正文', lang: 'zh-CN', spellcheck: 'false' } },
    onUpdate: ({ editor }) => {
      setProblem(null)
      known.current = fromDoc(editor.getJSON())
      send.current([...known.current])
    },
  }, [numberStyle])
  useEffect(() => {
    // The form gave another text: a restored draft, an imported file. It is one step of undo of its own, however soon it follows the typing.
    if (sameJson(value, known.current)) return
    known.current = value
    editor.chain().command(({ tr }) => closeHistory(tr) === tr).setContent(toDoc(value), { emitUpdate: false }).run()
  }, [editor, value])
  useEffect(() => editor.view.dispatch(showFindings(editor.state, findings)), [editor, findings])
  useEffect(() => { if (goTo !== null) jump(editor, goTo) }, [editor, goTo])
  return (
    <div className="body-editor">
      <Toolbar editor={editor} />
      {problem !== null && <Alert type="warning" showIcon closable={{ onClose: () => setProblem(null) }} title={problem} />}
      <div className="body-desk"><EditorContent editor={editor} className="body-paper" /></div>
    </div>
  )
}
