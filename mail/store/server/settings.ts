import { type RawBuilder, sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'

/** What administrators decide for all of mail, by name, and what holds at first. */
const FIRST = { 'forward-outside': false } as const
export type SettingName = keyof typeof FIRST

/** The value of a yes-or-no setting within a statement. */
export const settingOn = (name: SettingName): RawBuilder<boolean> => sql<boolean>`coalesce((select value = 'true'::jsonb from mail_setting where name = ${name}), ${FIRST[name]}::boolean)`

export async function readSetting(ctx: ServerContext, name: SettingName): Promise<boolean> {
  const { rows } = await sql<{ on: boolean }>`select ${settingOn(name)} as on`.execute(ctx.db())
  return rows[0]?.on ?? FIRST[name]
}

export async function writeSetting(ctx: ServerContext, name: SettingName, on: boolean): Promise<void> {
  await sql`insert into mail_setting (name, value, changed_at, changed_by) values (${name}, ${JSON.stringify(on)}::jsonb, ${ctx.now}, ${actorOf(ctx).name})
    on conflict (name) do update set value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by`.execute(ctx.db())
}
