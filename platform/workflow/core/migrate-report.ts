import type { Instant } from './context.ts'
import type { NodeId } from './ir.ts'
import { actorsOf, isLive, type State, type Task } from './state.ts'

/** What became of an open step: `kept` as it was, `renamed` under another name, `anew` begun at another step, `opened` besides, `closed` without another. */
export type MigrationMove = {
  readonly how: 'kept' | 'renamed' | 'anew' | 'opened' | 'closed'
  readonly from: string | null
  readonly to: string | null
  readonly node: NodeId
  readonly people: readonly string[]
  readonly due: Instant | null
}

const openTasks = (state: State): readonly Task[] => Object.values(state.tasks).filter(({ status }) => status === 'open')

const peopleOf = (state: State, task: Task): readonly string[] => actorsOf(state.actors, task.id).filter(isLive).map(({ who }) => who.name)

/** What a migration does to the open steps of a case, told from the states before and after. */
export function movesBetween(before: State, after: State): readonly MigrationMove[] {
  const then = openTasks(before)
  const now = openTasks(after)
  const moved = now.map((task): MigrationMove => {
    const former = then.find(({ id }) => id === task.id)
    const left = then.find(({ token, id }) => token === task.token && !now.some((one) => one.id === id))
    const how = former === undefined ? (left === undefined ? 'opened' : 'anew') : former.name === task.name ? 'kept' : 'renamed'
    return { how, from: (former ?? left)?.name ?? null, to: task.name, node: task.node, people: peopleOf(after, task), due: task.due }
  })
  const closed = then.filter(({ id, token }) => !now.some((task) => task.id === id || task.token === token))
  return [...moved, ...closed.map((task): MigrationMove => ({ how: 'closed', from: task.name, to: null, node: task.node, people: peopleOf(before, task), due: null }))]
}
