/** One notice to everybody: through a list, in one transaction, on a database that waits for the disk. */
import { sql } from 'kysely'
import { service as registry } from '#platform/registry/server/index.ts'
import { createFirstMailboxes } from '#mail/store/server/mailboxes.ts'
import { service as store } from '#mail/store/server/index.ts'
import { deliver } from '#mail/transport/server/deliver.ts'
import { service as transport } from '#mail/transport/server/index.ts'
import { transportParts } from '#mail/transport/server/parts.ts'
import { testRuntime } from '#test/runtime.ts'
import { durableServer } from '../durable.ts'
import { percentiles } from '../harness.ts'
import { messageOf } from './messages.ts'

const ROUNDS = 12

/** @param count mailboxes the notice goes to */
export async function notice(count: number): Promise<readonly object[]> {
  const stop = await durableServer('mail-notice')
  const it = await testRuntime({ services: [registry, store, transport] })
  await it.runtime.command(null, async (ctx) => {
    const { rows } = await sql<{ id: string }>`
      with accounts as (insert into mail_account (id, kind, name, quota, created_at) select gen_random_uuid(), 'shared', 'a' || n, 1e12::bigint, now() from generate_series(1, ${count}::int) n returning id, name),
        addresses as (insert into mail_address (address, account_id, is_primary) select name || '@cn.example', id, true from accounts)
      select id from accounts`.execute(ctx.db())
    await createFirstMailboxes(ctx, rows.map(({ id }) => id))
    await sql`with l as (insert into mail_list (id, address, name, posting) values (gen_random_uuid(), 'all@cn.example', '全体', 'anyone') returning id)
      insert into mail_list_member (list_id, address) select l.id, 'a' || n || '@cn.example' from l, generate_series(1, ${count}::int) n`.execute(ctx.db())
  })
  await sql`vacuum analyze`.execute(it.runtime.db)
  const parts = transportParts(it.runtime, { host: 'mail.cn.example' })
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const raw = messageOf(round)
    const begin = performance.now()
    await deliver(parts, { way: 'smtp', accountId: null, sender: 'office@cn.example', recipients: [{ address: 'all@cn.example', notify: null, original: null }], raw, envelopeId: null, returns: null, utf8: false, origin: null, verdict: null })
    times.push(performance.now() - begin)
  }
  const { rows: [delivered] } = await sql<{ n: number }>`select count(*)::int as n from mail_entry`.execute(it.runtime.db)
  if (delivered?.n !== count * ROUNDS) throw new Error(`${delivered?.n} of ${count * ROUNDS} copies arrived`)
  await it.close()
  await stop()
  return [{ what: `one notice to ${count} mailboxes, ms`, first: Math.round(times[0] ?? 0), ...percentiles(times) }]
}
