import type { Context } from './context.ts'
import { list, openDraft } from './draft.ts'
import { type Ir, isHuman, type NodeId } from './ir.ts'
import { moveTo, relocate } from './relocate.ts'
import type { RowId, State, Token } from './state.ts'

/** A step a token may be moved to, and the places whose work that would cancel besides its own. */
export type Jump = { readonly node: NodeId; readonly name: string; readonly cancels: readonly string[] }

/** Where one token of a case stands, and where to it can soundly be moved. */
export type Movable = { readonly token: RowId; readonly node: NodeId; readonly name: string; readonly targets: readonly Jump[] }

/** Names of the places other tokens are taken away from when this one is moved. */
function cancelled(ir: Ir, state: State, context: Context, token: Token, to: NodeId): readonly string[] {
  const draft = openDraft(ir, context, null, state)
  relocate(draft, token, to, { cause: null, outcome: null })
  const left = new Set(list(draft, 'tokens').map(({ id }) => id))
  const gone = Object.values(state.tokens).filter(({ id }) => id !== token.id && !left.has(id))
  return [...new Set(gone.map(({ node }) => ir.nodes[node]?.name ?? node))]
}

/** 跳转: every token of a case with the steps it can be moved to, each worked out on a copy. */
export function jumpsOf(ir: Ir, state: State, context: Context): readonly Movable[] {
  const draft = openDraft(ir, context, null, state)
  return Object.values(state.tokens).flatMap((token) => {
    const at = ir.nodes[token.node]
    if (at === undefined) return []
    const nodes = Object.values(ir.nodes).filter((node) => isHuman(node) && node.id !== token.node && moveTo(draft, token, node.id) !== null)
    const targets = nodes.map(({ id, name }) => ({ node: id, name, cancels: cancelled(ir, state, context, token, id) }))
    return targets.length === 0 ? [] : [{ token: token.id, node: at.id, name: at.name, targets }]
  })
}
