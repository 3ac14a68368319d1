import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'

/** People with a post in a unit or its departments; organisations below it are others. */
async function membersOf(ctx: ServerContext, unitId: string): Promise<readonly string[]> {
  const org = ctx.use(Org)
  const unit = await org.unit(unitId)
  if (unit === undefined) return []
  const posts = await org.members(unitId, { below: true })
  return [...new Set(posts.filter(({ organisationId }) => organisationId === unit.organisationId).map(({ personId }) => personId))]
}

/** Brings the accounts of units that rights were given to into step with the directory: all such units, or one. */
export async function syncUnits(ctx: ServerContext, only?: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`select distinct substr(subject, 6) as id from mail_mailbox_acl where starts_with(subject, 'unit:')`.execute(ctx.db())
  const units = only === undefined ? rows.map(({ id }) => id) : [only]
  for (const unit of units) {
    const people = await membersOf(ctx, unit)
    await sql`
      with wished as (select id from mail_account where kind = 'person' and owner_id = any(${[...people]}::uuid[])),
      gone as (delete from mail_unit_member where unit_id = ${unit}::uuid and account_id not in (select id from wished))
      insert into mail_unit_member (unit_id, account_id) select ${unit}::uuid, id from wished on conflict do nothing`.execute(ctx.db())
  }
  if (only === undefined) await sql`delete from mail_unit_member where not unit_id = any(${units}::uuid[])`.execute(ctx.db())
}
