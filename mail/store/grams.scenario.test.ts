/** What the mail page finds is the same before, while and after texts are indexed. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Actor } from '#kit/context.ts'
import { service as registry } from '#platform/registry/server/index.ts'
import { testRuntime, type TestRuntime } from '#test/runtime.ts'
import { Importer } from '../archive/server/import.ts'
import { listMessages } from '../server/messages.ts'
import { openAccount } from './server/accounts.ts'
import { indexTexts } from './server/grams.ts'
import { service as store } from './server/index.ts'
import { listMailboxes } from './server/mailboxes.ts'
import { mailParts } from './server/parts.ts'
import { searchEntries } from './server/search.ts'

const actor: Actor = { accountId: 'a', personId: '00000000-0000-4000-8000-000000000001', name: '', postId: '', unitId: '', unitName: '', organisationId: '', organisationName: '', roles: [], sessionId: '' }
const TEXTS = ['防汛演练在滨江码头举行', 'Needle in the HAY 2026', '演练方案，防汛物资', '田𠮷同志的 drill-plan_v2', '100% 完成', '会'] as const
const WORDS = ['防汛演练', '演练', '会', '滨江 防汛', 'needle', 'NEEDLE hay', 'ee', '2026', '田𠮷', '0%', 'plan_v2', '_', '没有的词', 'subject', '，防汛'] as const
let it: TestRuntime
let account = ''
let mailbox = 0

before(async () => {
  it = await testRuntime({ services: [registry, store] })
  account = await it.runtime.command(null, (ctx) => openAccount(ctx, { kind: 'person', ownerId: actor.personId, name: 'lin', address: 'lin@cn.example', quota: 1e9 }))
  mailbox = (await it.runtime.query(null, (ctx) => listMailboxes(ctx, account)))[0]?.id ?? 0
})
after(() => it.close())

async function bring(texts: readonly string[]): Promise<void> {
  const importer = new Importer(mailParts(it.runtime), account)
  for (const text of texts) await importer.take({ mailbox: 'INBOX', raw: Buffer.from(`Subject: x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${text}\r\n`), flags: [], internalAt: null })
  await importer.finish()
}
const found = async (search: string): Promise<number[]> => (await it.runtime.query(actor, (ctx) => listMessages(ctx, { mailbox, limit: 50, search }))).items.map(({ uid }) => uid)
/** What is right, by looking at every text. */
async function right(search: string): Promise<number[]> {
  const { rows } = await sql<{ uid: number; text: string }>`select e.uid::float8 as uid, t.head || E'\n' || t.body as text from mail_entry e join mail_text t using (message_id) where e.mailbox_id = ${mailbox} order by e.uid desc`.execute(it.runtime.db)
  return rows.filter(({ text }) => search.split(' ').every((word) => text.toLowerCase().includes(word.toLowerCase()))).map(({ uid }) => uid)
}
/** By IMAP a text is looked for as it is written, spaces included. */
async function foundByImap(value: string): Promise<readonly number[]> {
  const uids = (await sql<{ uid: number }>`select uid::float8 as uid from mail_entry where mailbox_id = ${mailbox}`.execute(it.runtime.db)).rows.map(({ uid }) => uid)
  return it.runtime.query(actor, (ctx) => searchEntries(ctx, mailbox, uids, { kind: 'and', keys: [{ kind: 'all' }, { kind: 'text', in: 'TEXT', value }] }))
}
async function same(): Promise<void> {
  for (const word of WORDS.filter((one) => !one.includes(' '))) assert.deepEqual(await foundByImap(word), (await right(word)).toReversed(), `IMAP ${word}`)
  assert.deepEqual((await foundByImap('the HAY')).length, (await right('needle')).length)
  for (const word of WORDS) assert.deepEqual(await found(word), await right(word), word)
}

test('not indexed, indexed, and with new mail that is not indexed yet', async () => {
  await bring(TEXTS)
  await same()
  assert.equal(await it.runtime.command(null, indexTexts), TEXTS.length)
  assert.equal(await it.runtime.command(null, indexTexts), 0)
  await same()
  await bring(TEXTS.map((text) => `${text} 又一封`))
  await same()
  assert.deepEqual(await found('演练'), [9, 7, 3, 1])
  assert.equal(await it.runtime.command(null, indexTexts), TEXTS.length)
  await same()
})

test('a message that goes takes its grams along', async () => {
  await sql`delete from mail_entry where mailbox_id = ${mailbox}`.execute(it.runtime.db)
  await sql`delete from mail_message`.execute(it.runtime.db)
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from mail_text_gram`.execute(it.runtime.db)
  assert.equal(rows[0]?.n, 0)
})
