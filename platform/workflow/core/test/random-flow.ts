import * as fc from 'fast-check'
import { approval, choice, type Decide, type EdgeOptions, type Flow, type FlowEdge, type FlowNode, flow, hours, inclusive, parallel, rule, start, task, waiting } from '#kit/flow.ts'
import { where } from '#kit/where.ts'
import { everything } from './flows.ts'

/** A structured flow: steps, sequences, alternatives, parallel and inclusive parts, loops, waits; nested at will. `id` names its nodes in more than one version. */
export type Block = { readonly id?: string } & (
 
  | { readonly kind: 'step'; readonly people: number; readonly decide: Decide; readonly work: boolean; readonly reject: 'end' | 'initiator' | 'previous' }
  | { readonly kind: 'wait' | 'empty' }
  | { readonly kind: 'sequence' | 'choice' | 'parallel' | 'inclusive'; readonly parts: readonly Block[] }
  | { readonly kind: 'loop'; readonly body: Block }
)

export const people = ['甲', '乙', '丙', '丁', '戊', '己'] as const

const decide: fc.Arbitrary<Decide> = fc.constantFrom<Decide>('any', 'all', 'in-turn', 'lead', { ratio: 0.5 }, { ratio: 2 / 3, quorum: 2 })

export const block: fc.Arbitrary<Block> = fc.letrec<{ block: Block; step: Block }>((tie) => ({
  step: fc.record({ kind: fc.constant('step' as const), people: fc.integer({ min: 1, max: 3 }), decide, work: fc.boolean(), reject: fc.constantFrom('end', 'initiator', 'previous') }),
  block: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { arbitrary: tie('step'), weight: 4 },
    { arbitrary: fc.constantFrom<Block>({ kind: 'wait' }, { kind: 'empty' }), weight: 1 },
    { arbitrary: fc.record({ kind: fc.constantFrom('sequence', 'choice', 'parallel', 'inclusive'), parts: fc.array(tie('block'), { minLength: 2, maxLength: 3 }) }), weight: 5 },
    // A loop needs a person in it, else it is the automatic loop the linter refuses.
    { arbitrary: fc.tuple(tie('step'), tie('block')).map(([one, more]): Block => ({ kind: 'loop', body: { kind: 'sequence', parts: [one, more] } })), weight: 1 },
  ),
})).block

type Builder = { readonly nodes: Record<string, FlowNode>; readonly edges: FlowEdge[]; count: number }

/** The definition of a block between 申请 and the end; conditions read `x` (choice), `flags` (inclusive) and `again` (loop). */
export function flowOf(body: Block): Flow {
  const builder: Builder = { nodes: { apply: start('申请') }, edges: [], count: 0 }
  link(builder, build(builder, 'apply', {}, { kind: 'sequence', parts: [body, { kind: 'step', people: 1, decide: 'any', work: true, reject: 'end' }] }), 'end')
  return flow({ name: 'random' }, builder.nodes, builder.edges, { may: everything })
}

type Exit = { readonly from: string; readonly options: EdgeOptions }
const link = (builder: Builder, exit: Exit, to: string): unknown => builder.edges.push([exit.from, to, exit.options])

function add(builder: Builder, exit: Exit, node: FlowNode, id = `n${++builder.count}`): string {
  builder.nodes[id] = { ...node, name: `${node.name}${id}` }
  link(builder, exit, id)
  return id
}

function build(builder: Builder, from: string, options: EdgeOptions, part: Block): Exit {
  const entry: Exit = { from, options }
  switch (part.kind) {
    case 'empty': return entry
    case 'wait': return { from: add(builder, entry, waiting('等待', { until: 'until' }), part.id), options: {} }
    case 'step': return { from: add(builder, entry, stepOf(part, builder.count), part.id), options: {} }
    case 'sequence': return part.parts.reduce((exit, one) => build(builder, exit.from, exit.options, one), entry)
    case 'loop': {
      const head = add(builder, entry, choice('再来'), part.id && `${part.id}in`)
      const turn = add(builder, build(builder, head, {}, part.body), choice('再来吗'), part.id && `${part.id}out`)
      builder.edges.push([turn, head, { when: where('again', '=', true) }])
      return { from: turn, options: {} }
    }
    default: return fork(builder, entry, part)
  }
}

function stepOf(part: Extract<Block, { kind: 'step' }>, count: number): FlowNode {
  const names = Array.from({ length: part.people }, (_, index) => people[(count + index) % people.length]).join(',')
  const options = { by: rule(names), decide: part.decide, due: hours(4), remind: [hours(1)], reject: part.reject }
  return part.work ? task('办', options) : approval('批', options)
}

const gateways = { choice, parallel, inclusive }

function fork(builder: Builder, entry: Exit, { id, kind, parts }: Extract<Block, { kind: 'choice' | 'parallel' | 'inclusive' | 'sequence' }>): Exit {
  if (kind === 'sequence') throw new RangeError('a sequence does not fork')
  const split = add(builder, entry, gateways[kind]('分'), id && `${id}in`)
  const when = (index: number): EdgeOptions => {
    if (kind === 'parallel' || index === 0) return {}
    return { when: kind === 'choice' ? where('x', '=', index) : where('flags', 'contains', index) }
  }
  const exits = parts.map((part, index) => build(builder, split, when(index), part))
  const [first, ...rest] = exits
  const join = add(builder, first ?? entry, gateways[kind]('合'), id && `${id}out`)
  for (const exit of rest) link(builder, exit, join)
  return { from: join, options: {} }
}
