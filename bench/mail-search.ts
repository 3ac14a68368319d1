/** How long the mail page searches a mailbox of 100,000 messages, before and after their texts are indexed: `npm run bench:mail-search [-- messages]`. */
import { sql } from 'kysely'
import type { Actor } from '#kit/context.ts'
import { service as registry } from '#platform/registry/server/index.ts'
import { testRuntime } from '#test/runtime.ts'
import { listMessages } from '#mail/server/messages.ts'
import { openAccount } from '#mail/store/server/accounts.ts'
import { indexTexts } from '#mail/store/server/grams.ts'
import { service as store } from '#mail/store/server/index.ts'
import { listMailboxes } from '#mail/store/server/mailboxes.ts'

const MESSAGES = Number(process.argv[2] ?? 100_000)
const WORDS = { frequent: '防汛演练', rare: '滨江码头', nowhere: '无此词语', latin: 'needle', two: '码头', one: '码', 'two words': '防汛 码头' } as const
const actor: Actor = { accountId: 'a', personId: '00000000-0000-4000-8000-000000000001', name: '', postId: '', unitId: '', unitName: '', organisationId: '', organisationName: '', roles: [], sessionId: '' }

const it = await testRuntime({ services: [registry, store] })
const { db } = it.runtime
const account = await it.runtime.command(null, (ctx) => openAccount(ctx, { kind: 'person', ownerId: actor.personId, name: 'big', address: 'big@cn.example', quota: 1e12 }))
const mailbox = (await it.runtime.query(null, (ctx) => listMailboxes(ctx, account)))[0]?.id ?? 0

/** Messages of 900 Chinese characters; every 50th has the frequent word, every 20,000th the rare ones. */
async function fill(): Promise<void> {
  await sql`insert into mail_message (blob, size, envelope, structure, body, parts, subject, sender, preview)
    select n::text, 3000, '', '', '', '{"envelope":{}}', '关于第' || n || '号工作的通知', 'x', '' from generate_series(1, ${MESSAGES}) n`.execute(db)
  await sql`insert into mail_text (message_id, head, body)
    select id, 'Subject: ' || subject || E'\nFrom: 办公室 <office@cn.example>\nTo: Clerk <clerk@cn.example>',
      (select string_agg(chr(19968 + ((id * 7919 + k * 104729) % 6000)::int), '') from generate_series(1, 900) k) || case when id % 50 = 0 then '防汛演练' else '' end || case when id % 20000 = 0 then ' Needle 滨江码头' else '' end from mail_message`.execute(db)
  await sql`insert into mail_entry (mailbox_id, uid, message_id, modseq, size, internal_at, saved_at) select ${mailbox}, id, id, 1, 3000, now(), now() from mail_message`.execute(db)
  await sql`vacuum analyze mail_text, mail_message, mail_entry`.execute(db)
}

/** Milliseconds of the second of two searches, by word. */
async function measure(label: string): Promise<void> {
  const told: string[] = []
  for (const [kind, search] of Object.entries(WORDS)) {
    const ask = () => it.runtime.query(actor, (ctx) => listMessages(ctx, { mailbox, limit: 50, search }))
    await ask()
    const from = performance.now()
    const { items } = await ask()
    told.push(`${kind} ${(performance.now() - from).toFixed(0)} ms (${items.length})`)
  }
  console.log(`${label}: ${told.join(' · ')}`)
}

await fill()
await measure('not indexed')
const from = performance.now()
while ((await it.runtime.command(null, indexTexts)) > 0);
console.log(`indexed in ${((performance.now() - from) / 1000).toFixed(0)} s`)
await sql`vacuum analyze mail_text_gram`.execute(db)
await measure('indexed')
const { rows } = await sql<{ text: string; grams: string }>`select pg_size_pretty(pg_total_relation_size('mail_text')) as text, pg_size_pretty(pg_total_relation_size('mail_text_gram')) as grams`.execute(db)
console.log(`texts ${rows[0]?.text}, grams with their index ${rows[0]?.grams}`)
await it.close()
