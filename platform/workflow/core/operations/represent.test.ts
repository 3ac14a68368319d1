import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allowed } from '../allowed.ts'
import type { Context, StandIn } from '../context.ts'
import { joint, line } from '../test/flows.ts'
import { who, World } from '../test/world.ts'

/** A world in which delegations come and go: principal → delegate. */
class Delegating extends World {
  standIns: Readonly<Record<string, string>> = {}
  shared = false

  override get context(): Context {
    const standIn = ({ name }: { readonly name: string }): StandIn | null => {
      const delegate = this.standIns[name]
      return delegate === undefined ? null : { who: who(delegate), delegation: `${name}-${delegate}`, shared: this.shared, evidence: `${name}委托${delegate}代办` }
    }
    return { ...super.context, directory: { ...super.context.directory, standIn } }
  }

  start(): this {
    this.run({ kind: 'start', case: 'c1', by: who('申请人') })
    return this
  }

  follow(standIns: Readonly<Record<string, string>>): void {
    this.standIns = standIns
    this.run({ kind: 'represent' })
  }
}
const holders = (world: World): readonly string[] =>
  Object.values(world.case.actors).filter(({ status }) => status === 'open').map(({ who: { name }, onBehalfOf }) => (onBehalfOf === null ? name : `${name} 代 ${onBehalfOf.name}`))

function away(standIns: Readonly<Record<string, string>>, shared = false, flow: ConstructorParameters<typeof World>[0] = line): Delegating {
  const world = new Delegating(flow)
  world.standIns = standIns
  world.shared = shared
  return world.start()
}

test('a new part goes to the delegate, with both reasons kept', () => {
  const world = away({ 甲: '丙' })
  const part = world.part('丙')
  assert.deepEqual([holders(world), part.evidence, part.agency], [['丙 代 甲'], 'test: 甲；甲委托丙代办', { delegation: '甲-丙', shared: false, evidence: 'test: 甲' }])
  world.refused({ kind: 'complete', by: who('甲'), actor: part.id, outcome: 'approve' }, 'workflow.task.notYours')
  world.approve('丙')
  assert.deepEqual(holders(world), ['乙'])
})

test('what is open moves when a delegation begins and comes back when it ends; nothing changes twice', () => {
  const world = away({})
  world.follow({ 甲: '丙' })
  assert.deepEqual([holders(world), world.last?.intents.map((one) => one.kind === 'notify' && `${one.about} ${one.to.name}`)], [['丙 代 甲'], ['todo 丙']])
  const { revision } = world.part('丙')
  world.run({ kind: 'represent' })
  assert.deepEqual([world.part('丙').revision, world.last?.events], [revision, []])
  world.follow({ 甲: '丁' })
  assert.deepEqual(holders(world), ['丁 代 甲'])
  world.follow({})
  const back = world.part('甲')
  assert.deepEqual([holders(world), back.evidence, back.agency, world.last?.intents.length], [['甲'], 'test: 甲', 'over', 2])
  world.refused({ kind: 'complete', by: who('丁'), actor: back.id, outcome: 'approve' }, 'workflow.task.notYours')
})

test('both may act: whoever does it first, under the own name', () => {
  const world = away({ 甲: '丙' }, true)
  const { id, revision } = world.part('丙')
  world.run({ kind: 'complete', by: who('甲'), actor: id, revision, outcome: 'approve' })
  const part = world.done('甲')
  assert.deepEqual([part.onBehalfOf, part.actedBy?.name, part.evidence], [null, '甲', 'test: 甲'])
  world.refused({ kind: 'complete', by: who('丙'), actor: id, outcome: 'approve' }, 'workflow.task.done')
  const other = away({ 甲: '丙' }, true)
  other.approve('丙')
  assert.equal(other.done('丙').onBehalfOf?.name, '甲')
})

test('the principal takes one part back and keeps it', () => {
  const world = away({ 甲: '丙' })
  const { id } = world.part('丙')
  world.refused({ kind: 'take-back', by: who('丁'), actor: id }, 'workflow.task.notYours')
  world.run({ kind: 'take-back', by: who('甲'), actor: id })
  assert.deepEqual(holders(world), ['甲'])
  world.run({ kind: 'represent' })
  assert.deepEqual(holders(world), ['甲'])
  world.refused({ kind: 'take-back', by: who('甲'), actor: id }, 'workflow.agency.none')
})

test('nobody decides in another\'s place about the own request, and one\'s own step stays one\'s own', () => {
  assert.deepEqual(holders(away({ 甲: '申请人' })), ['甲'])
  const world = away({ 申请人: '丙' })
  world.sendBack('甲', 'initiator')
  assert.deepEqual(holders(world), ['申请人'])
})

test('a step done again goes to whoever holds it then; whoever is added or handed a part is represented too', () => {
  const world = away({ 甲: '丙' })
  world.approve('丙')
  world.standIns = {}
  world.sendBack('乙', { node: 'check' })
  assert.deepEqual(holders(world), ['甲'])
  world.standIns = { 顾问: '丁' }
  world.run({ kind: 'add', ...world.on('甲'), position: 'before', who: [who('顾问')] })
  assert.deepEqual(holders(world), ['丁 代 顾问'])
})

test('in a joint step each part has its own principal', () => {
  const world = away({ 甲: '乙' }, false, joint('甲,乙', 'all'))
  assert.deepEqual(holders(world), ['乙 代 甲', '乙'])
  world.run({ kind: 'complete', by: who('乙'), actor: Object.values(world.case.actors).find(({ onBehalfOf }) => onBehalfOf?.name === '甲')?.id ?? 0, outcome: 'approve' })
  assert.deepEqual(holders(world), ['乙'])
})

test('while a case is suspended parts still follow', () => {
  const world = away({})
  world.run({ kind: 'suspend', by: who('管理员') })
  world.follow({ 甲: '丙' })
  assert.deepEqual(holders(world), ['丙 代 甲'])
})

test('of a shared delegation 退回 says that the other one has it no longer, whoever of the two looks', () => {
  const world = away({ 甲: '丙' }, true)
  const { id } = world.part('丙')
  const others = (name: string) => allowed(world.ir, world.case, id, who(name), world.context).returns.map(({ coSigners }) => coSigners.open.map((one) => one.name))
  assert.deepEqual([others('丙'), others('甲')], [[['甲']], [['丙']]])
})
