import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorState } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { numberHeadings } from '#modules/documents/body.ts'
import type { Block, NumberStyle } from '#modules/documents/body.ts'
import type { Finding } from '#modules/documents/checks/finding.ts'
import { rangeOf } from './places.ts'

const outline = (node: Node): Block => (node.type.name === 'heading' ? { type: 'heading', level: node.attrs['level'], text: [] } : { type: 'paragraph', text: [] })

/** Draws the number of each heading in front of it. */
function numbersOf(doc: Node, style: NumberStyle): DecorationSet {
  const nodes: Node[] = []
  doc.forEach((node) => void nodes.push(node))
  let at = 0
  const drawn = numberHeadings(nodes.map(outline), style).flatMap(({ number }, index) => {
    const from = at
    at += nodes[index]?.nodeSize ?? 0
    return number === null ? [] : [Decoration.node(from, at, { 'data-number': number })]
  })
  return DecorationSet.create(doc, drawn)
}

const findingsKey = new PluginKey<DecorationSet>('findings')

function underlined(doc: Node, findings: readonly Finding[]): DecorationSet {
  return DecorationSet.create(doc, findings.flatMap(({ at, severity, message }) => {
    const range = at && rangeOf(doc, at)
    return range && range.to > range.from ? [Decoration.inline(range.from, range.to, { class: 'body-finding', 'data-severity': severity, title: message })] : []
  }))
}

/** The transaction that underlines what the checks found. */
export const showFindings = (state: EditorState, findings: readonly Finding[]) => state.tr.setMeta(findingsKey, findings).setMeta('addToHistory', false)

/** Numbers of headings and underlined findings: drawn over the text, no part of it. */
export const Drawn = Extension.create<{ numberStyle: NumberStyle }>({
  name: 'drawn',
  addOptions: () => ({ numberStyle: 'standard' }),
  addProseMirrorPlugins() {
    const { numberStyle } = this.options
    return [
      new Plugin<DecorationSet>({
        key: new PluginKey('numbers'),
        state: { init: (_, { doc }) => numbersOf(doc, numberStyle), apply: (tr, old) => (tr.docChanged ? numbersOf(tr.doc, numberStyle) : old) },
        props: { decorations(state) { return this.getState(state) } },
      }),
      new Plugin<DecorationSet>({
        key: findingsKey,
        state: {
          init: () => DecorationSet.empty,
          apply: (tr, old) => {
            const found = tr.getMeta(findingsKey) as readonly Finding[] | undefined
            return found === undefined ? old.map(tr.mapping, tr.doc) : underlined(tr.doc, found)
          },
        },
        props: { decorations(state) { return this.getState(state) } },
      }),
    ]
  },
})
