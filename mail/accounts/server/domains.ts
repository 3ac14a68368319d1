import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'

/** Of an installation that has not named its own yet. */
const FIRST_DOMAIN = 'mail.changning.example'

/** The domain in which new addresses are given; made at first use. */
export async function defaultDomain(ctx: ServerContext): Promise<string> {
  const { rows } = await sql<{ name: string }>`select name from mail_domain where is_default`.execute(ctx.db())
  if (rows[0] !== undefined) return rows[0].name
  await sql`insert into mail_domain (name, is_default, created_at) values (${FIRST_DOMAIN}, true, ${ctx.now}) on conflict do nothing`.execute(ctx.db())
  return FIRST_DOMAIN
}
