import assert from 'node:assert/strict'
import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { expungeEntries, readChanges, readUids } from '../store/server/entries.ts'
import { listMailboxes } from '../store/server/mailboxes.ts'
import { keepingOf, mailBlobs } from '../store/server/parts.ts'
import { verifyMail } from '../store/server/verify.ts'
import { deliver } from './server/deliver.ts'
import { collectable, collectMail } from './server/garbage.ts'
import { transportParts } from './server/parts.ts'
import { letter, type Office, openOffice } from './test/office.fixture.ts'

const DAY = 86_400_000
let now = Date.now()
let office: Office
const boxOf = async (name: string): Promise<number> => (await office.run((ctx) => listMailboxes(ctx, office.accounts.get(name) ?? '')))[0]?.id ?? 0
const send = (subject: string, to: readonly string[], sender = 'a@far.example'): Promise<unknown> => sendRaw(letter(subject), to, sender)
const sendRaw = (raw: string, to: readonly string[], sender = 'a@far.example'): Promise<unknown> =>
  deliver(transportParts(office.it.runtime, { host: 'mail.cn.example' }), { way: 'smtp', accountId: null, sender, raw: Buffer.from(raw), recipients: to.map((name) => ({ address: `${name}@cn.example`, notify: null, original: null })), envelopeId: null, returns: null, utf8: false, origin: null, verdict: null })
const subjects = async (): Promise<readonly string[]> => (await sql<{ subject: string }>`select subject from mail_message order by id`.execute(office.it.runtime.db)).rows.map(({ subject }) => subject)
const blobs = (): Promise<number> => Array.fromAsync(mailBlobs(office.it.runtime).list()).then((all) => all.length)
/** Two days go by for the files. */
async function age(): Promise<void> {
  const root = join(office.it.runtime.dataDir, 'mail')
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) if (entry.isFile()) await utimes(join(entry.parentPath, entry.name), new Date(Date.now() - 2 * DAY), new Date(Date.now() - 2 * DAY))
}
const clean = (): Promise<readonly unknown[]> => office.run((ctx) => verifyMail(ctx, mailBlobs(office.it.runtime), () => undefined)).then(({ problems }) => problems)
const expunge = async (name: string, uids: readonly number[]): Promise<void> => void (await office.run(async (ctx) => expungeEntries(ctx, await boxOf(name), uids, false)))

before(async () => {
  office = await openOffice({ lin: 10_000_000, gu: 10_000_000 }, () => new Date(now))
})
after(() => office.close())

test('a message goes with its octets some days after its last copy; one that anybody still has stays', async () => {
  await send('shared', ['lin', 'gu'])
  await send('alone', ['lin'])
  await expunge('lin', [1, 2])
  now += 2 * DAY
  assert.deepEqual((await collectMail(office.it.runtime)).messages, 0)
  assert.deepEqual([await subjects(), await blobs()], [['shared', 'alone'], 2])
  now += 8 * DAY
  await age()
  assert.deepEqual(await collectable(office.it.runtime), { messages: 1, tombstones: 0, traces: 0, blobs: 0, octets: 0 }, 'told beforehand, and nothing is taken by that')
  const { messages, blobs: gone } = await collectMail(office.it.runtime)
  assert.deepEqual([messages, gone, await subjects(), await blobs()], [1, 1, ['shared'], 1])
  assert.deepEqual(await clean(), [])
})

test('octets that come anew while they are being taken away are there afterwards', async () => {
  await send('again', ['lin'])
  await expunge('lin', [3])
  now += 2 * DAY
  await collectMail(office.it.runtime)
  now += 8 * DAY
  await age()
  const [collected] = await Promise.all([collectMail(office.it.runtime), ...Array.from({ length: 20 }, (_, n) => send('again', ['gu'], `${n}@far.example`))])
  assert.ok(collected.messages <= 1)
  await collectMail(office.it.runtime)
  assert.deepEqual(await clean(), [])
  assert.equal((await office.subjects('gu')).filter((subject) => subject === 'again').length, 20)
})

test('who comes back after tombstones are gone hears of every UID that is not there', async () => {
  const id = await boxOf('gu')
  const uids = await office.run((ctx) => readUids(ctx, id))
  const before = await office.run((ctx) => readChanges(ctx, id, 0))
  await expunge('gu', uids.slice(0, 3))
  const told = await office.run((ctx) => readChanges(ctx, id, before?.modseq ?? 0))
  assert.deepEqual(told?.vanished, uids.slice(0, 3))
  now += 91 * DAY
  assert.ok((await collectMail(office.it.runtime)).tombstones >= 3)
  assert.deepEqual((await office.run((ctx) => readChanges(ctx, id, before?.modseq ?? 0)))?.vanished, uids.slice(0, 3))
  assert.deepEqual((await office.run((ctx) => readChanges(ctx, id, told?.modseq ?? 0)))?.vanished, [])
})

/** Time enough for whatever is unused to go. */
async function allGone(): Promise<void> {
  now += 2 * DAY
  await collectMail(office.it.runtime)
  now += 8 * DAY
  await age()
  await collectMail(office.it.runtime)
}
/** A letter with papers of 20,000 octets. */
const papers = (subject: string, fill: number): string => letter(subject, { more: 'MIME-Version: 1.0\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n', body: `${Buffer.alloc(20_000, fill).toString('base64').replaceAll(/.{76}/gu, '$&\r\n')}\r\n` })

test('equal attachments are there once, and go with the last message that names them', async () => {
  await allGone()
  const before = await blobs()
  await sendRaw(papers('budget', 1), ['lin'])
  await sendRaw(papers('budget again', 1), ['gu'])
  assert.equal(await blobs(), before + 3, 'two recipes and one content')
  assert.deepEqual(await clean(), [])
  const [mine, theirs] = [await boxOf('lin'), await boxOf('gu')]
  await expunge('lin', [(await office.run((ctx) => readUids(ctx, mine))).at(-1) ?? 0])
  await allGone()
  assert.deepEqual([await blobs(), await clean()], [before + 2, []])
  await expunge('gu', [(await office.run((ctx) => readUids(ctx, theirs))).at(-1) ?? 0])
  await allGone()
  assert.deepEqual([await blobs(), await clean()], [before, []])
})

test('an attachment that comes again while it is being taken away is there afterwards', async () => {
  await sendRaw(papers('lost', 2), ['lin'])
  await expunge('lin', [(await office.run(async (ctx) => readUids(ctx, await boxOf('lin')))).at(-1) ?? 0])
  now += 2 * DAY
  await collectMail(office.it.runtime)
  now += 8 * DAY
  await age()
  await Promise.all([collectMail(office.it.runtime), ...Array.from({ length: 20 }, (_, n) => sendRaw(papers(`found ${n}`, 2), ['gu']))])
  await collectMail(office.it.runtime)
  assert.deepEqual(await clean(), [])
})

test('steps of a message go after their time', async () => {
  const count = async (): Promise<number> => (await sql<{ n: number }>`select count(*)::int as n from mail_trace`.execute(office.it.runtime.db)).rows[0]?.n ?? -1
  assert.ok((await count()) > 20)
  now += (keepingOf(office.it.runtime).traceDays + 1) * DAY
  await collectMail(office.it.runtime)
  assert.equal(await count(), 0)
  assert.deepEqual(await clean(), [])
})
