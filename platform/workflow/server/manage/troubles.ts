import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { TroubleWire } from '#kit/wire/flow-run.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Identity } from '#platform/identity/contract.ts'
import { Org } from '#platform/org/contract.ts'
import { fill } from '#kit/words.ts'
import { stuckWords } from '../../words.ts'

/** A trouble as the database finds it: `text` is null where the words only depend on the step. */
export interface TroubleRow {
  readonly kind: TroubleWire['kind']
  readonly since: string
  readonly step: string
  readonly text: string | null
}

/** Most different people whose open parts are looked at. */
const MOST_PEOPLE = 50_000

/** People with open parts in these cases (`c`) who hold no post any more, or whose account is closed. */
export async function gonePeople(ctx: ServerContext, mine: RawBuilder<boolean>): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`select distinct a.person_id as id from workflow_actor a join workflow_case c on c.id = a.case_id where a.status = 'open' and ${mine} limit ${MOST_PEOPLE}`.execute(ctx.db())
  const people = rows.map(({ id }) => id)
  const [posts, closed] = [await ctx.use(Org).mainPosts(people), new Set(await ctx.use(Identity).closedOut(people))]
  return people.filter((id) => !posts.has(id) || closed.has(id))
}

/** What keeps a case (`c`) from going on, as a column: null if nothing does. A note of a refused command is past once something has happened since. */
export const troublesOf = (gone: readonly string[]): RawBuilder<readonly TroubleRow[] | null> => sql`(
  select jsonb_agg(to_jsonb(x) order by x.since, x.kind) from (
    select s.kind, s.at as since, s.step, s.reason as text from workflow_stuck s where s.case_id = c.id and not exists (select from workflow_event e where e.case_id = s.case_id and e.at > s.at)
      and not (s.kind = 'effect' and exists (select from workflow_timer m where m.case_id = c.id and m.dead))
    union all
    select 'timer', m.at, coalesce(t.data->>'name', ''), m.error from workflow_timer m left join workflow_task t on t.case_id = m.case_id and t.id = m.data->>'task' where m.case_id = c.id and m.dead
    union all
    select 'left', to_timestamp((t.data->>'openedAt')::double precision / 1000), t.data->>'name', null from workflow_task t where t.case_id = c.id and t.status = 'open'
      and exists (select from workflow_actor a where a.case_id = c.id and a.status = 'open' and a.data->>'task' = t.id)
      and not exists (select from workflow_actor a where a.case_id = c.id and a.status = 'open' and a.data->>'task' = t.id and not a.person_id = any(${[...gone]}::uuid[]))
    union all
    select 'still', c.started_at, '', null where c.status = 'running' and not exists (select from workflow_live l where l.case_id = c.id and l.kind = 'tokens')
      and not exists (select from workflow_task t where t.case_id = c.id and t.status = 'open')
  ) x)`

/** What whoever manages the case may do about each. */
const WAYS: Readonly<Record<TroubleWire['kind'], TroubleWire['ways']>> = {
  nobody: ['jump', 'hand-over', 'terminate'], unit: ['jump', 'hand-over', 'terminate'], choice: ['jump', 'terminate'], loop: ['jump', 'terminate'], effect: ['jump', 'terminate'],
  timer: ['retry', 'jump', 'terminate'], left: ['hand-over', 'jump', 'terminate'], still: ['rollback', 'terminate'],
}

const textOf = ({ kind, step, text }: TroubleRow): string => {
  if (kind === 'left') return fill(stuckWords.left, { step })
  if (kind === 'still') return stuckWords.still
  return kind === 'timer' ? fill(stuckWords.timer, { error: text ?? '' }) : (text ?? '')
}

export const troubleWires = (rows: readonly TroubleRow[] | null): TroubleWire[] =>
  (rows ?? []).map((row) => ({ kind: row.kind, since: new Date(row.since).toISOString(), step: row.step, text: textOf(row), ways: [...WAYS[row.kind]] }))
