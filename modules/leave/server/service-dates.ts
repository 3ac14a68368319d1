import { sql } from 'kysely'
import type { CivilDate } from '#base/civil-date.ts'
import type { ServerContext } from '#platform/db/server/context.ts'

/** 参加工作时间 of several people; unknown ones are left out. */
export async function servicesOf(ctx: ServerContext, personIds: readonly string[]): Promise<Map<string, CivilDate>> {
  const { rows } = await sql<{ person_id: string; worked_since: CivilDate }>`select person_id, worked_since from leave_service where person_id = any(${personIds}::uuid[])`.execute(ctx.db())
  return new Map(rows.map(({ person_id, worked_since }) => [person_id, worked_since]))
}

export const serviceOf = async (ctx: ServerContext, personId: string): Promise<CivilDate | undefined> => (await servicesOf(ctx, [personId])).get(personId)

export async function setService(ctx: ServerContext, personId: string, workedSince: CivilDate): Promise<void> {
  await sql`insert into leave_service (person_id, worked_since, changed_by, changed_at) values (${personId}, ${workedSince}, ${ctx.actor?.personId ?? null}, ${ctx.now})
    on conflict (person_id) do update set (worked_since, changed_by, changed_at) = (excluded.worked_since, excluded.changed_by, excluded.changed_at)`.execute(ctx.db())
}
