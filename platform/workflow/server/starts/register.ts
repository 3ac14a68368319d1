import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import type { PersonHit } from '#platform/org/contract.ts'
import type { StartEvent, Starter } from '../../core/ir.ts'
import { startsCases } from '../../core/ir.ts'
import { coreCalendar } from '../calendar.ts'
import { publishedIr } from '../models/published.ts'
import { firstTime } from './times.ts'

/** The post in which somebody starts cases; undefined: nobody holds it today. */
export async function postOfStarter(ctx: ServerContext, starter: Starter): Promise<PersonHit | undefined> {
  const org = ctx.use(Org)
  if ('person' in starter) return (await org.mainPosts([starter.person])).get(starter.person)
  return (await org.postsById([starter.post])).get(starter.post)
}

async function register(ctx: ServerContext, entity: string, { node, event, initiator, values = {} }: StartEvent): Promise<void> {
  const post = initiator === undefined ? undefined : await postOfStarter(ctx, initiator)
  if (post === undefined) ctx.fail('workflow.start.nobody', { node })
  const at = event.type === 'timer' && event.at !== null ? firstTime(await coreCalendar(ctx, post.organisationId), event.at, ctx.now.getTime()) : null
  const [text, starter, data] = [JSON.stringify(event), JSON.stringify(initiator), JSON.stringify(values)]
  await sql`
    insert into workflow_start (entity, node, event, initiator, data, at) values (${entity}, ${node}, ${text}::jsonb, ${starter}::jsonb, ${data}::jsonb, ${at === null ? null : new Date(at)})
    on conflict (entity, node) do update set (event, initiator, data, attempts, dead, retry_at, error) = (excluded.event, excluded.initiator, excluded.data, 0, false, null, null),
      at = case when workflow_start.event = excluded.event then workflow_start.at else excluded.at end,
      fired = case when workflow_start.event = excluded.event then workflow_start.fired else 0 end`.execute(ctx.db())
}

/**
 * Makes the start events of a model those of its published version: new ones are registered, those it no longer has are removed, and one that is as it was keeps
 * its next time. The model is locked.
 */
export async function registerStarts(ctx: ServerContext, entity: string): Promise<void> {
  const starts = ((await publishedIr(ctx, entity)).starts ?? []).filter(({ event }) => startsCases(event))
  await sql`delete from workflow_start where entity = ${entity} and not node = any(${starts.map(({ node }) => node)})`.execute(ctx.db())
  for (const one of starts) await register(ctx, entity, one)
}
