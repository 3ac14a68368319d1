import { sql } from 'kysely'
import { isUuid } from '#base/ids.ts'
import { Failure } from '#kit/failure.ts'
import { fill } from '#kit/words.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import { registryOf, runtimeOf } from '#platform/registry/server/of.ts'
import { stuckWords } from '../words.ts'
import { EffectFault } from './effect-fault.ts'

/** Refusals that whoever acts cannot do anything about, and what kind of trouble they are. */
const KINDS: Readonly<Record<string, 'nobody' | 'choice' | 'loop' | 'effect'>> = {
  'workflow.assignee.none': 'nobody', 'workflow.choice.none': 'choice', 'workflow.loop': 'loop', 'workflow.effect.failed': 'effect',
}

/** Units in the fields of a record that are no more: 主办部门“综合科”. */
async function dissolved(ctx: ServerContext, record: RuleRecord): Promise<readonly string[]> {
  const fields = Object.entries(registryOf(ctx).entity(record.entity)?.entity.fields ?? {}).filter(([, { kind }]) => kind === 'unit' || kind === 'units')
  const named = fields.flatMap(([name, { label }]) => [record.values[name]].flat().flatMap((id) => (typeof id === 'string' && isUuid(id) ? [{ label, id }] : [])))
  const org = ctx.use(Org)
  const gone: string[] = []
  const lives = async (id: string): Promise<boolean> => {
    const unit = await org.unit(id)
    return unit !== undefined && (await org.children(unit.parentId)).some((one) => one.id === id)
  }
  for (const { label, id } of named) if (!(await lives(id))) gone.push(fill(stuckWords.unit, { label, name: (await org.names([id]))[id] ?? stuckWords.unknownUnit }))
  return gone
}

/**
 * Notes why a case cannot go on, for whoever manages it. On a connection of its own: the command that failed takes back whatever it wrote on its own one, and
 * this has to outlast it. One short statement on a table that no command locks, so that it waits for nobody.
 */
export async function noteStuck(ctx: ServerContext, caseId: string, record: RuleRecord, error: unknown): Promise<void> {
  const kind = error instanceof Failure ? KINDS[error.code] : undefined
  if (!(error instanceof Failure) || kind === undefined) return
  const units = kind === 'nobody' ? await dissolved(ctx, record) : []
  const text = error instanceof EffectFault ? fill(stuckWords.effect, { error: error.message }) : fill(registryOf(ctx).errors[error.code]?.text ?? error.code, error.details)
  const reason = units.length === 0 ? text : `${text}${fill(stuckWords.dissolved, { units: units.join('、') })}`
  const step = String(error.details['node'] ?? '')
  await sql`insert into workflow_stuck (case_id, at, reason, kind, step) values (${caseId}, ${ctx.now}, ${reason.slice(0, 2000)}, ${units.length > 0 ? 'unit' : kind}, ${step})
    on conflict (case_id) do update set (at, reason, kind, step) = (excluded.at, excluded.reason, excluded.kind, excluded.step)`.execute(runtimeOf(ctx).db)
}
