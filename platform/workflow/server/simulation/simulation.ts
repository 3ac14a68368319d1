import type { SimulationWire } from '#kit/wire/flow-simulation.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import { Records } from '#platform/records/contract.ts'
import { registryOf } from '#platform/registry/server/of.ts'
import type { WorkflowError } from '../../core/error.ts'
import { simulate } from '../../core/simulate.ts'
import type { Simulated } from '../../core/simulate.ts'
import { fill } from '../../words.ts'
import { manages } from '../manage/rights.ts'
import { flowOf } from '../migration/plan.ts'
import { whoOfPost } from '../people.ts'
import { withCore } from '../run.ts'
import { variablesOf } from '../variables.ts'
import { wayInWords } from './texts.ts'

export interface SimulationOrder {
  readonly entity: string
  /** Hash of the version. */
  readonly version: string
  /** Post of whoever would begin. */
  readonly post: string
  readonly values: Readonly<Record<string, unknown>>
}

const iso = (instant: number): string => new Date(instant).toISOString()

export const problemText = (ctx: ServerContext, error: WorkflowError): string => fill(registryOf(ctx).errors[error.code]?.text ?? error.code, error.details)

const wireOf = (ctx: ServerContext, entity: string, { steps, choices, end, problem }: Simulated): SimulationWire => ({
  steps: steps.map(({ wave, name, people, opened, due }) => ({ wave, name, people: people.map((one) => ({ name: one.name, why: one.evidence })), opened: iso(opened), due: due === null ? null : iso(due) })),
  choices: choices.map(({ wave, name, ways }) => ({ wave, name, ways: ways.map((way) => ({ to: way.label ?? way.to, condition: wayInWords(ctx, entity, way), held: way.held, taken: way.taken })) })),
  end, problem: problem === null ? null : problemText(ctx, problem),
})

/** The way a form would take, begun by somebody of the organisation whose flows the actor manages. Nothing is written. */
export async function simulationOf(ctx: ServerContext, { entity, version, post, values }: SimulationOrder): Promise<SimulationWire> {
  const ir = await flowOf(ctx, entity, version)
  const initiator = (await ctx.use(Org).postsById([post])).get(post) ?? ctx.fail('workflow.person.unknown')
  if (!(await manages(ctx, async () => initiator))) ctx.fail('access.denied')
  const { personId: createdBy, id: createdPost, unitId, organisationId } = initiator
  const record = { ...(await ctx.use(Records).imagine(entity, values)), createdBy, createdPost, unitId, organisationId }
  const found = await withCore(ctx, record, (context) => simulate(ir, { kind: 'start', case: record.id, by: whoOfPost(initiator), variables: variablesOf(ir, record) }, context))
  return wireOf(ctx, entity, found)
}
