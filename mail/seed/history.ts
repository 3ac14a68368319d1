import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'

/** A letter that came some time ago: whose it is, null for somebody's outside, and to which addresses it went. */
export type Arrived = { readonly messageId: number; readonly size: number; readonly accountId: string | null; readonly sender: string; readonly recipients: readonly string[]; readonly at: Date }

/** Notes letters and the steps of their recipients as the transport would have done, so that tracking and statistics know them. */
export async function noteArrived(ctx: ServerContext, letters: readonly Arrived[]): Promise<void> {
  const rows = letters.map((one) => ({ ...one, id: randomUUID() }))
  await sql`
    insert into mail_submission (id, way, account_id, sender, message_id, size, received, fingerprint, answered, created_at)
    select id, case when "accountId" is null then 'smtp' else 'web' end, "accountId", sender, "messageId", size, '', '', true, at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s(id uuid, "accountId" uuid, sender text, "messageId" bigint, size bigint, at timestamptz)`.execute(ctx.db())
  await sql`
    insert into mail_trace (submission_id, recipient, step, at)
    select s.id, recipient, step, s.at from jsonb_to_recordset(${JSON.stringify(rows.map(({ id, recipients, at }) => ({ id, recipients, at })))}::jsonb) as s(id uuid, recipients text[], at timestamptz),
      unnest(recipients) with ordinality as r(recipient, place), (values (1, 'accepted'), (2, 'delivered')) as t(turn, step) order by s.at, s.id, place, turn`.execute(ctx.db())
}
