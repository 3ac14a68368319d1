import type { ServerContext } from '#platform/db/server/context.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import type { StandIn, Who } from '../../core/context.ts'
import { MOST_HOPS, standInsOf } from '../../core/delegation.ts'
import type { Delegation } from '../../core/delegation.ts'
import { activeOf } from './store.ts'

/** Records with a grade of secrecy keep their field `secrecy` at something else than none. */
export const isSecret = ({ values }: Pick<RuleRecord, 'values'>): boolean => {
  const grade = values['secrecy']
  return typeof grade === 'string' && grade !== '' && grade !== 'none'
}

/** Who stands in for each of these people with this record, by `whoKey`. Chains are read hop by hop; mostly there is none. */
export async function standInsFor(ctx: ServerContext, record: RuleRecord, people: readonly Who[]): Promise<ReadonlyMap<string, StandIn | null>> {
  const delegations: Delegation[] = []
  const asked = new Set<string>()
  let open = people.map(({ person }) => person)
  for (let hop = 0; hop <= MOST_HOPS && open.length > 0; hop++) {
    for (const person of open) asked.add(person)
    const found = await activeOf(ctx, [...new Set(open)])
    delegations.push(...found)
    open = found.map(({ delegate }) => delegate.person).filter((person) => !asked.has(person))
  }
  return standInsOf(delegations, people, { entity: record.entity, secret: isSecret(record), now: ctx.now.getTime() })
}
