import { must } from '../error.ts'
import type { Dice } from './random-command.ts'
import type { Block } from './random-flow.ts'

/** The block with a name on everything, so that the nodes of another version made from it are found again. */
export function named(block: Block, id = 'b'): Block {
  if (block.kind === 'loop') return { ...block, id, body: named(block.body, `${id}_0`) }
  return 'parts' in block ? { ...block, id, parts: block.parts.map((part, index) => named(part, `${id}_${index}`)) } : { ...block, id }
}

const newStep = (dice: Dice): Block => ({ kind: 'step', id: `new${dice(1000)}`, people: 1 + dice(2), decide: 'all', work: true, reject: 'end' })

/** A next version of a block: at one place, sometimes more, a step or a branch comes or goes, parts change places, side by side becomes in turn. */
export function changed(block: Block, dice: Dice): Block {
  if (block.kind === 'step' && dice(4) === 0) return { ...block, people: 1 + dice(3), decide: 'any' }
  if (block.kind === 'step' && dice(4) === 0) return { kind: 'parallel', id: `par${dice(1000)}`, parts: [block, newStep(dice)] }
  if (block.kind === 'loop') return { ...block, body: changed(block.body, dice) }
  if (!('parts' in block)) return block
  const at = dice(block.parts.length)
  switch (dice(6)) {
    case 0: return block.parts.length > (block.kind === 'sequence' ? 1 : 2) ? { ...block, parts: block.parts.toSpliced(at, 1) } : block
    case 1: return { ...block, parts: block.parts.toSpliced(at, 0, newStep(dice)) }
    case 2: return block.kind === 'sequence' ? { ...block, parts: block.parts.toReversed() } : block
    case 3: return block.kind === 'parallel' ? { ...block, kind: 'sequence' } : block
    default: return { ...block, parts: block.parts.with(at, changed(must(block.parts[at], 'part'), dice)) }
  }
}
