import assert from 'node:assert/strict'
import { placesAt } from '../analyse.ts'
import { type Ir, isHuman } from '../ir.ts'
import { effectiveIr } from '../overlay.ts'
import { livePlaces } from '../relocate.ts'
import { actorsOf, isLive, runOf, type State } from '../state.ts'

/** What must hold for every case of a structured flow after every command. */
export function checkInvariants(flow: Ir, state: State): void {
  const ir = effectiveIr(flow, state.case.overlay)
  const { tokens, scopes, arrivals, tasks, timers, subscriptions } = state
  if (state.case.status !== 'running' && state.case.status !== 'suspended') {
    for (const table of [tokens, scopes, arrivals, timers, subscriptions]) assert.deepEqual(Object.keys(table), [], 'nothing lives in an ended case')
    assert.ok(Object.values(tasks).every((task) => task.status !== 'open'), 'no open task in an ended case')
    return
  }
  checkTokens(ir, state)
  checkTasks(ir, state)
  for (const one of Object.values(subscriptions)) {
    assert.ok(scopes[one.scope] !== undefined && (one.token === null || tokens[one.token] !== undefined) && (one.host === null || scopes[one.host] !== undefined), 'a subscription belongs to something alive')
  }
  for (const timer of Object.values(timers)) {
    const alive = timer.subscription !== undefined ? subscriptions[timer.subscription] !== undefined : timer.task === null ? tokens[timer.token ?? 0] !== undefined : tasks[timer.task]?.status === 'open'
    assert.ok(alive, 'a timer belongs to something alive')
  }
}

/** Tokens are conserved: every branch of every live region holds exactly one token, arrival or inner region. */
function checkTokens(ir: Ir, { tokens, scopes, arrivals, tasks, actors }: State): void {
  const aside = Object.values(tokens).flatMap(({ scope, branch, back }) => back.filter((visit) => visit.actor !== undefined).map((visit) => ({ ...visit, scope, branch })))
  for (const { task, actor, scope, branch } of aside) {
    assert.deepEqual([tasks[task]?.status, tasks[task]?.scope, tasks[task]?.branch, actors[actor ?? 0]?.status], ['open', scope, branch, 'away'], 'a visit beside a task has a part that waits for it')
  }
  const away = Object.values(actors).filter((actor) => actor.status === 'away').map((actor) => actor.id)
  assert.deepEqual(away.filter((id) => !aside.some((visit) => visit.actor === id)), [], 'whoever is away has a visit')
  const own = Object.values(tokens).filter(({ back }) => back.every((visit) => visit.actor === undefined))
  const things = [...own, ...Object.values(arrivals), ...Object.values(scopes).filter((scope) => scope.parent !== null && scope.done !== true).map((scope) => ({ ...scope, scope: scope.parent }))]
  for (const scope of Object.values(scopes).filter(({ done }) => done !== true)) {
    const branches = things.filter((thing) => thing.scope === scope.id).map((thing) => thing.branch)
    if (ir.structure.crowded?.includes(scope.region ?? '') !== true) assert.equal(new Set(branches).size, branches.length, 'one thing in a branch')
    assert.ok(branches.length > 0, 'a live scope is not empty')
    const region = scope.region === null ? null : ir.structure.regions[scope.region]
    if (region !== null && scope.kind === 'region' && ir.nodes[scope.region ?? '']?.kind === 'parallel') assert.equal(branches.length, region?.branches.length, 'every branch is there')
  }
  for (const arrival of Object.values(arrivals).filter(({ node }) => ir.structure.joins[node] !== undefined)) assert.equal(arrival.generation, scopes[arrival.scope]?.generation, 'an arrival is of the live generation')
  for (const token of Object.values(tokens)) {
    assert.ok(scopes[token.scope], 'a token lives in a live scope')
    if (token.back.length > 0) continue
    const live = livePlaces(scopes, token).map(({ region, branch }) => ({ region, branch }))
    assert.deepEqual(live.map(({ region, branch }) => ({ region, branch: branch.startsWith('#') ? '*' : branch })), placesAt(ir.structure, token.node), 'a token stands where its node is')
  }
}

function checkTasks(ir: Ir, state: State): void {
  for (const task of Object.values(state.tasks)) {
    const live = actorsOf(state.actors, task.id).filter(isLive)
    if (task.status !== 'open') {
      assert.equal(live.length, 0, 'nobody works on a closed task')
      continue
    }
    const token = state.tokens[task.token]
    assert.ok(token !== undefined && token.node === task.node && token.scope === task.scope, 'an open task has its token')
    assert.deepEqual(task.run, runOf(state.scopes, task.scope), 'an open task knows the run it lies in')
    assert.ok(live.some((actor) => (actor.status === 'open' && actor.position !== 'consult') || actor.status === 'away'), 'somebody can act on an open task')
  }
  for (const token of Object.values(state.tokens)) {
    const node = ir.nodes[token.node]
    if (node === undefined || !isHuman(node)) continue
    assert.equal(Object.values(state.tasks).filter((task) => task.token === token.id && task.status === 'open').length, 1, 'a token at a step has one open task')
  }
}
