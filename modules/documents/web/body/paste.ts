import { Extension } from '@tiptap/core'
import { Fragment, Slice } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorState, Transaction } from '@tiptap/pm/state'
import { isInTable } from '@tiptap/pm/tables'
import { inlineText } from '#modules/documents/body.ts'
import type { Block, Inline } from '#modules/documents/body.ts'
import { recogniseFragment } from '#modules/documents/import/recognise.ts'
import { toNodes } from './doc.ts'
import { readHtml } from './html-source.ts'
import { sizeOf, tooLarge } from './limits.ts'
import { readText } from './text-source.ts'

const inlinesOf = (block: Block): Inline[][] =>
  block.type === 'table' ? block.rows.flatMap(({ cells }) => cells.map(({ text }) => text)) : [block.type === 'heading' ? [...block.text, ...(block.rest ?? [])] : block.text]

/** Everything in one line, as a cell holds it; a full-width blank stands where a paragraph began. */
function oneLine(blocks: readonly Block[]): Block {
  const stretches = blocks.flatMap(inlinesOf).filter((text) => inlineText(text) !== '')
  return { type: 'paragraph', text: stretches.flatMap((text, index) => [{ text: index > 0 ? '　' : '' }, ...text]) }
}

/** The transaction that puts blocks in the place of the selection; null when there is nothing to put. */
export function insertBlocks(state: EditorState, blocks: readonly Block[]): Transaction | null {
  const chosen = isInTable(state) ? [oneLine(blocks)] : blocks
  const nodes = toNodes(chosen).map((node) => state.schema.nodeFromJSON(node))
  if (nodes.length === 0) return null
  const [first, last] = [nodes[0], nodes.at(-1)]
  const isOpen = (node: typeof first): 0 | 1 => (node?.type.name === 'paragraph' ? 1 : 0)
  return state.tr.replaceSelection(new Slice(Fragment.from(nodes), isOpen(first), isOpen(last))).scrollIntoView().setMeta('uiEvent', 'paste')
}

/** What was copied, in our structure. HTML that yields nothing (a lone picture) falls back to the plain text. */
export function blocksOf(html: string, text: string): Block[] {
  const blocks = html === '' ? [] : recogniseFragment(readHtml(html))
  return blocks.length > 0 ? blocks : recogniseFragment(readText(text))
}

interface Options {
  /** Tells the person why something was not put in. */
  readonly refuse: (message: string) => void
}

/** Pasting keeps the structure and drops the looks; a body never grows beyond what the platform bears. */
export const Paste = Extension.create<Options>({
  name: 'officialPaste',
  addOptions: () => ({ refuse: () => undefined }),
  addProseMirrorPlugins() {
    const { refuse } = this.options
    return [new Plugin({
      key: new PluginKey('officialPaste'),
      filterTransaction(tr, state) {
        if (!tr.docChanged || tr.doc.content.size <= state.doc.content.size) return true
        const problem = tooLarge(sizeOf(tr.doc))
        if (problem !== null) refuse(problem)
        return problem === null
      },
      props: {
        handlePaste(view, event) {
          const html = event.clipboardData?.getData('text/html') ?? ''
          // Copied here: the structure is in it already.
          if (html.includes('data-pm-slice')) return false
          const tr = insertBlocks(view.state, blocksOf(html, event.clipboardData?.getData('text/plain') ?? ''))
          if (tr !== null) view.dispatch(tr)
          return true
        },
      },
    })]
  },
})
