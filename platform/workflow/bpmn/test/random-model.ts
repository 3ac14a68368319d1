import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import type { Decide, May } from '#kit/flow.ts'
import { must } from '../../core/error.ts'
import type { Ir } from '../../core/ir.ts'
import { compileBpmn } from '../compile.ts'
import { readBpmn } from '../read.ts'
import { condition, cycle, element, event, flows, model, settings, timer, when } from './model.ts'

/** A model with everything that nests: sub-processes, boundary events that interrupt or not, errors, event sub-processes, repeated parts. */
export type Part =
  | { readonly kind: 'step'; readonly people: number; readonly decide: Decide; readonly reject: 'end' | 'initiator' | 'previous' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'sequence' | 'choice' | 'parallel' | 'inclusive'; readonly parts: readonly Part[] }
  | { readonly kind: 'loop' | 'sub' | 'each' | 'failing'; readonly body: Part }
  | { readonly kind: 'guarded' | 'aside' | 'inner' | 'taken-over'; readonly body: Part; readonly other: Part }

const step: fc.Arbitrary<Part> = fc.record({
  kind: fc.constant('step' as const), people: fc.integer({ min: 1, max: 2 }), decide: fc.constantFrom<Decide>('any', 'all', 'in-turn'), reject: fc.constantFrom('end', 'initiator', 'previous'),
})

export const part: fc.Arbitrary<Part> = fc.letrec<{ part: Part }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { arbitrary: step, weight: 4 },
    { arbitrary: fc.constant<Part>({ kind: 'pause' }), weight: 1 },
    { arbitrary: fc.record({ kind: fc.constantFrom('sequence', 'choice', 'parallel', 'inclusive'), parts: fc.array(tie('part'), { minLength: 2, maxLength: 3 }) }), weight: 4 },
    { arbitrary: fc.record({ kind: fc.constantFrom('sub', 'each', 'failing'), body: tie('part') }), weight: 3 },
    { arbitrary: fc.record({ kind: fc.constantFrom('guarded', 'aside', 'inner', 'taken-over'), body: tie('part'), other: tie('part') }), weight: 3 },
    { arbitrary: fc.tuple(step, tie('part')).map(([one, more]): Part => ({ kind: 'loop', body: { kind: 'sequence', parts: [one, more] } })), weight: 1 },
  ),
})).part

const may: readonly May[] = ['return', 'withdraw', 'hand-over', 'delegate', 'add', 'remove', 'copy', 'urge', 'revoke', 'reopen', 'consult', 'free']
type Exit = { readonly from: string; readonly if?: string }
type Builder = { readonly xml: string[]; readonly count: { n: number } }

/** The model of a part between the initiator's step and one more step; conditions read `x`, `flags` and `again`. */
export function modelOf(body: Part): string {
  const builder: Builder = { xml: [element('startEvent', 'apply', settings({ may }))], count: { n: 0 } }
  const exit = build(builder, { from: 'apply' }, { kind: 'sequence', parts: [body, { kind: 'step', people: 1, decide: 'any', reject: 'end' }] })
  link(builder, exit, put(builder, 'endEvent', 'end'))
  return model(`${settings({ may })}${builder.xml.join('')}`, '<bpmn:message id="go" name="go" /><bpmn:error id="err" errorCode="err" />')
}

/** The compiled model of a part, which has no findings. */
export async function irOfPart(body: Part): Promise<Ir> {
  const { irs, findings } = compileBpmn(await readBpmn(modelOf(body)))
  assert.deepEqual(findings, [])
  return must(irs[0], 'process')
}

function link(builder: Builder, exit: Exit, to: string): void {
  builder.xml.push(exit.if === undefined ? flows(`${exit.from}>${to}`) : when(exit.from, to, exit.if))
}

function put(builder: Builder, kind: string, id: string, inside = '', attributes = ''): string {
  builder.xml.push(element(kind, id, inside, attributes))
  return id
}

const fresh = (builder: Builder, prefix: string): string => `${prefix}${++builder.count.n}`

function add(builder: Builder, exit: Exit, kind: string, inside = '', attributes = ''): string {
  const id = put(builder, kind, fresh(builder, kind[0] ?? 'n'), inside, attributes)
  link(builder, exit, id)
  return id
}

function build(builder: Builder, entry: Exit, one: Part): Exit {
  switch (one.kind) {
    case 'step': return { from: add(builder, entry, 'userTask', stepSettings(one, builder.count.n)) }
    case 'pause': return { from: add(builder, entry, 'intermediateCatchEvent', timer('PT1H')) }
    case 'sequence': return one.parts.reduce((exit, next) => build(builder, exit, next), entry)
    case 'loop': {
      const head = add(builder, entry, 'exclusiveGateway')
      const turn = add(builder, build(builder, { from: head }, one.body), 'exclusiveGateway')
      link(builder, { from: turn, if: 'again = true' }, head)
      return { from: turn }
    }
    case 'sub': return { from: sub(builder, entry, one.body) }
    case 'each': return { from: sub(builder, entry, one.body, `${settings({ decide: { ratio: 1 } })}<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>2</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>`) }
    case 'failing': return failing(builder, entry, one.body)
    case 'guarded': return guarded(builder, entry, sub(builder, entry, one.body), timer('PT5H'), one.other)
    case 'aside': return aside(builder, sub(builder, entry, one.body), one.other)
    case 'inner':
    case 'taken-over': return { from: sub(builder, entry, one.body, '', inner(builder, one.other, one.kind === 'taken-over')) }
    case 'choice':
    case 'parallel':
    case 'inclusive': return fork(builder, entry, one.kind, one.parts)
  }
}

const names = ['甲', '乙', '丙', '丁'] as const

function stepSettings({ people, decide, reject }: Extract<Part, { kind: 'step' }>, count: number): string {
  const name = Array.from({ length: people }, (_, index) => names[(count + index) % names.length]).join(',')
  return settings({ by: { kind: 'rule', name }, decide, outcomes: ['approve', 'reject'], reject, due: { unit: 'hours', n: 4 } })
}

/** A container with its own start and end around a part. */
function container(builder: Builder, body: Part, begin: string, more = ''): string {
  const within: Builder = { xml: [more], count: builder.count }
  const start = put(within, 'startEvent', fresh(builder, 's'), begin)
  link(within, build(within, { from: start }, body), put(within, 'endEvent', fresh(builder, 'e')))
  return within.xml.join('')
}

function sub(builder: Builder, entry: Exit, body: Part, loop = '', more = ''): string {
  return add(builder, entry, 'subProcess', `${loop}${container(builder, body, '', more)}`)
}

/** Ends with an error when x is 2; the error goes on to a step. */
function failing(builder: Builder, entry: Exit, body: Part): Exit {
  const within: Builder = { xml: [], count: builder.count }
  const start = put(within, 'startEvent', fresh(builder, 's'))
  const turn = add(within, build(within, { from: start }, body), 'exclusiveGateway')
  link(within, { from: turn, if: 'x = 2' }, put(within, 'endEvent', fresh(builder, 'e'), '<bpmn:errorEventDefinition errorRef="err" />'))
  link(within, { from: turn }, put(within, 'endEvent', fresh(builder, 'e')))
  const host = add(builder, entry, 'subProcess', within.xml.join(''))
  return guarded(builder, entry, host, '<bpmn:errorEventDefinition errorRef="err" />', { kind: 'step', people: 1, decide: 'any', reject: 'previous' })
}

function guarded(builder: Builder, _entry: Exit, host: string, definition: string, other: Part): Exit {
  const boundary = fresh(builder, 'b')
  builder.xml.push(event('boundaryEvent', boundary, definition, `attachedToRef="${host}"`))
  const join = add(builder, { from: host }, 'exclusiveGateway')
  link(builder, build(builder, { from: boundary }, other), join)
  return { from: join }
}

function aside(builder: Builder, host: string, other: Part): Exit {
  const boundary = fresh(builder, 'b')
  builder.xml.push(event('boundaryEvent', boundary, cycle('R2/PT2H'), `attachedToRef="${host}" cancelActivity="false"`))
  link(builder, build(builder, { from: boundary }, other), put(builder, 'endEvent', fresh(builder, 'e')))
  return { from: host }
}

const inner = (builder: Builder, body: Part, interrupting: boolean): string => {
  const text = container(builder, body, interrupting ? '<bpmn:messageEventDefinition messageRef="go" />' : condition('x = 1'))
  return element('subProcess', fresh(builder, 'v'), interrupting ? text : text.replace('<bpmn:startEvent ', '<bpmn:startEvent isInterrupting="false" '), 'triggeredByEvent="true"')
}

function fork(builder: Builder, entry: Exit, kind: 'choice' | 'parallel' | 'inclusive', parts: readonly Part[]): Exit {
  const gateway = kind === 'choice' ? 'exclusiveGateway' : `${kind}Gateway`
  const split = add(builder, entry, gateway)
  const first = (index: number): Exit => (kind === 'parallel' || index === 0 ? { from: split } : { from: split, if: kind === 'choice' ? `x = ${index}` : `flags contains ${index}` })
  // A flow straight through would share its ends with another; every branch has something in it.
  const exits = parts.map((one, index) => build(builder, first(index), one))
  const [head, ...rest] = exits
  const join = add(builder, head ?? entry, gateway)
  for (const exit of rest) link(builder, exit, join)
  return { from: join }
}
