import { inArea } from '#kit/opinions.ts'
import type { OpinionAreas } from '#kit/opinions.ts'
import type { OpinionAreaWire } from '#kit/wire/task.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import { registryOf } from '#platform/registry/server/of.ts'
import type { CaseOpinion } from '../contract.ts'
import type { Ir } from '../core/ir.ts'
import type { Actor, State } from '../core/state.ts'
import { latestAt } from '../core/state.ts'
import { areasHidden } from './rights.ts'
import type { Signing } from './signatures/read.ts'
import { signatureOf, signingsOf } from './signatures/read.ts'
import { irOfCase, readCase } from './store.ts'
import type { StoredCase } from './store.ts'
import { formOf } from './task-form.ts'

/** A step that was done again counts as done the last time. */
const COUNTS: ReadonlySet<string> = new Set(['open', 'completed'])
const SPOKE: ReadonlySet<string> = new Set(['done', 'returned'])

export const areasOf = (ctx: ServerContext, entity: string): OpinionAreas => registryOf(ctx).entity(entity)?.entity.opinions ?? {}

const spoke = ({ actors }: State): readonly Actor[] =>
  Object.values(actors).filter(({ status, position, closedAt, outcome }) => SPOKE.has(status) && position !== 'consult' && closedAt !== null && outcome !== null).toSorted((a, b) => (a.closedAt ?? 0) - (b.closedAt ?? 0) || a.id - b.id)

/** An agent stands where her principal does. */
const placed = ({ who, onBehalfOf }: Actor): string => (onBehalfOf ?? who).person

/** The place of each who spoke among them all; nobody is asked for where no area wants it. */
async function standings(ctx: ServerContext, areas: OpinionAreas, actors: readonly Actor[]): Promise<ReadonlyMap<string, number>> {
  if (!Object.values(areas).some(({ order }) => order === 'standing')) return new Map()
  const order = await ctx.use(Org).inOrder([...new Set(actors.map(placed))])
  return new Map(order.map((person, index) => [person, index]))
}

type Spoken = CaseOpinion & { readonly part: number }

/** Everything that was said in a case, oldest first. */
async function allSpoken(ctx: ServerContext, { state, entity }: StoredCase, ir: Ir, signings: ReadonlyMap<number, Signing>): Promise<readonly Spoken[]> {
  const counting = Object.values(state.tasks).filter(({ status }) => COUNTS.has(status)).toSorted((a, b) => a.id - b.id)
  const last = new Set([...Map.groupBy(counting, ({ node }) => node).values()].flatMap(latestAt))
  const actors = spoke(state)
  const standing = await standings(ctx, areasOf(ctx, entity), actors)
  return actors.flatMap((actor) => {
    const { id: part, task: id, who, onBehalfOf, outcome, opinion, closedAt, status } = actor
    const task = state.tasks[id]
    if (task === undefined) return []
    return [{
      part, node: task.node, step: task.name, area: formOf(ir, task).area ?? null, standing: standing.get(placed(actor)) ?? 0, personId: who.person, name: who.name, unitId: who.unit,
      onBehalfOf: onBehalfOf?.name ?? null, outcome, opinion, at: new Date(closedAt ?? 0), superseded: status === 'returned' || !last.has(task), signatureId: signings.get(part)?.id ?? null,
    }]
  })
}

/** See `Workflow.opinions`. */
export async function opinionsIn(ctx: ServerContext, caseId: string, { allRounds = false, whole = false }: { readonly allRounds?: boolean; readonly whole?: boolean } = {}): Promise<readonly CaseOpinion[]> {
  const stored = (await readCase(ctx, caseId)) ?? ctx.fail('workflow.task.unknown')
  const said = await allSpoken(ctx, stored, await irOfCase(ctx, stored.state.case), await signingsOf(ctx, caseId))
  const hidden = whole ? new Set<string>() : await areasHidden(ctx, caseId)
  return said.filter(({ superseded, area }) => (allRounds || !superseded) && !hidden.has(area ?? '')).map(({ part: _part, ...opinion }) => opinion)
}

interface Shown {
  readonly stored: StoredCase
  readonly ir: Ir
  readonly signings: ReadonlyMap<number, Signing>
  readonly units: ReadonlyMap<string, string>
  readonly hidden: ReadonlySet<string>
}

/** The areas of a record's form with what stands in them, those hidden from the actor left out; in the order of the form. */
export async function areasIn(ctx: ServerContext, { stored, ir, signings, units, hidden }: Shown): Promise<OpinionAreaWire[]> {
  const areas = areasOf(ctx, stored.entity)
  const shown = Object.entries(areas).filter(([key]) => !hidden.has(key))
  const said = shown.length === 0 ? [] : await allSpoken(ctx, stored, ir, signings)
  return shown.map(([key, { label }]) => ({
    key, label,
    opinions: inArea(areas, key, said).map(({ text, by }) => ({
      id: `p${by.part}`, step: by.step, name: by.name, unitName: units.get(by.personId) ?? '', onBehalfOf: by.onBehalfOf, text, at: by.at.toISOString(), superseded: by.superseded,
      signature: signatureOf(signings, by.part),
    })),
  }))
}
