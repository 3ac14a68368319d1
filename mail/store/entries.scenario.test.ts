import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { service as registry } from '#platform/registry/server/index.ts'
import { testRuntime, type TestRuntime } from '#test/runtime.ts'
import { generator } from '../mime/test/random.ts'
import type { Entry, Mailbox } from './contract.ts'
import { openAccount } from './server/accounts.ts'
import { addEntries, copyEntries, expungeEntries, moveEntries, readChanges, readEntries, readUids, storeFlags } from './server/entries.ts'
import { service } from './server/index.ts'
import { createMailbox, findMailbox, listMailboxes } from './server/mailboxes.ts'
import { keepMessage } from './server/messages.ts'
import { whole } from './server/octets.ts'

const raw = Buffer.from('From: a@b\r\nSubject: =?gb2312?B?zajWqg==?=\r\n\r\nbody\r\n')
let it: TestRuntime
let accountId: string
let boxes: readonly Mailbox[]
let messageId: number

const run = <T>(work: (ctx: ServerContext) => Promise<T>): Promise<T> => it.runtime.command(null, work)

before(async () => {
  it = await testRuntime({ services: [registry, service] })
  accountId = await run((ctx) => openAccount(ctx, { kind: 'shared', ownerId: null, name: '测试邮箱', address: 'Test@cn.example', quota: 1_000_000 }))
  boxes = await run((ctx) => listMailboxes(ctx, accountId))
  messageId = await run((ctx) => keepMessage(ctx, raw, whole('f'.repeat(64))))
})
after(() => it.close())

const box = (index: number): number => boxes[index]?.id ?? 0
const now = async (index: number): Promise<Mailbox> => (await run((ctx) => findMailbox(ctx, accountId, boxes[index]?.name ?? ''))) ?? assert.fail('no mailbox')
const add = (index: number, count: number, flags: readonly string[] = []): Promise<readonly number[]> =>
  run((ctx) => addEntries(ctx, Array.from({ length: count }, () => ({ mailboxId: box(index), messageId, size: raw.length, flags, internalAt: ctx.now, savedAt: ctx.now }))))

test('an account starts with INBOX and the mailboxes of special use', () => {
  assert.deepEqual(boxes.map(({ name, special }) => [name, special]).toSorted(), [['INBOX', null], ['垃圾邮件', 'Junk'], ['已删除', 'Trash'], ['已发送', 'Sent'], ['归档', 'Archive'], ['草稿箱', 'Drafts']].toSorted())
})

test('names: INBOX in any case is one; wrong ones and doubles are refused', async () => {
  assert.equal((await run((ctx) => findMailbox(ctx, accountId, 'inbox')))?.name, 'INBOX')
  assert.equal((await run((ctx) => createMailbox(ctx, accountId, '工作/督办/'))).name, '工作/督办')
  await assert.rejects(run((ctx) => createMailbox(ctx, accountId, '工作/督办')), { code: 'mail.mailbox.exists' })
  for (const name of ['', '/', 'a//b', 'a\u0000b', 'a*', 'x'.repeat(501), 'a/b/c/d/e/f/g/h/i/j/k']) await assert.rejects(run((ctx) => createMailbox(ctx, accountId, name)), { code: 'mail.mailbox.name' }, JSON.stringify(name))
})

test('a message is kept with its subject decoded and as IMAP tells it', async () => {
  const { rows } = await sql<{ subject: string; envelope: string; sender: string }>`select subject, envelope, sender from mail_message where id = ${messageId}`.execute(it.runtime.db)
  assert.deepEqual(rows, [{ subject: '通知', sender: 'a@b', envelope: '(NIL "=?gb2312?B?zajWqg==?=" ((NIL NIL "a" "b")) ((NIL NIL "a" "b")) ((NIL NIL "a" "b")) NIL NIL NIL NIL NIL)' }])
})

test('flags changed elsewhere since then are not overwritten', async () => {
  const [uid = 0] = await add(0, 1)
  const seen = (await now(0)).modseq
  await run((ctx) => storeFlags(ctx, box(0), [uid], { how: 'add', flags: ['\\Flagged'] }))
  const stored = await run((ctx) => storeFlags(ctx, box(0), [uid], { how: 'add', flags: ['\\Seen'] }, seen))
  assert.deepEqual([stored.entries, stored.modified], [[], [uid]])
})

test('a full account takes nothing, and nothing of it is left', async () => {
  const before = await now(1)
  await assert.rejects(run((ctx) => addEntries(ctx, [{ mailboxId: box(1), messageId, size: 2_000_000, flags: [], internalAt: ctx.now, savedAt: ctx.now }])), { code: 'mail.quota.full' })
  assert.deepEqual(await now(1), before)
})

test('many writers into one mailbox: every UID once, in order of visibility', async () => {
  const given = await Promise.all(Array.from({ length: 40 }, () => add(2, 3)))
  const uids = given.flat()
  assert.equal(new Set(uids).size, 120)
  assert.deepEqual(await run((ctx) => readUids(ctx, box(2))), uids.toSorted((a, b) => a - b))
})

test('two moves in opposite directions do not wait for each other', async () => {
  const [there, back] = [await add(3, 20), await add(4, 20)]
  const moves = there.flatMap((uid, index) => [run((ctx) => moveEntries(ctx, box(3), box(4), [uid])), run((ctx) => moveEntries(ctx, box(4), box(3), [back[index] ?? 0]))])
  assert.equal((await Promise.all(moves)).every(({ from }) => from.length === 1), true)
})

type View = { modseq: number; readonly entries: Map<number, Entry> }

test('whatever happens, changes since a moment lead from what a client knew to what is there', { timeout: 120_000 }, async () => {
  const random = generator(7)
  const pick = (uids: readonly number[]): number[] => uids.filter(() => random.next(3) === 0)
  const views: View[] = boxes.map(() => ({ modseq: 0, entries: new Map() }))
  const highest = boxes.map(() => 0)
  const flags = ['\\Seen', '\\Deleted', '\\Flagged', '$Work']
  for (let round = 0; round < 400; round++) {
    const [from, to] = [random.next(boxes.length), random.next(boxes.length)]
    const uids = await run((ctx) => readUids(ctx, box(from)))
    const chosen = pick(uids)
    const act = random.next(6)
    const placed = act === 0 ? await add(from, 1 + random.next(3), [flags[random.next(4)] ?? '']) : act === 1 && uids.length < 60 ? (await run((ctx) => copyEntries(ctx, box(from), box(to), chosen))).to : act === 2 ? (await run((ctx) => moveEntries(ctx, box(from), box(to), chosen))).to : []
    if (act === 3) await run((ctx) => storeFlags(ctx, box(from), chosen, { how: (['add', 'remove', 'replace'] as const)[random.next(3)] ?? 'add', flags: [flags[random.next(4)] ?? ''] }))
    if (act === 4) await run((ctx) => expungeEntries(ctx, box(from), chosen, random.next(2) === 0))
    const target = act === 0 ? from : to
    for (const uid of placed) {
      assert.ok(uid > (highest[target] ?? 0), 'a UID is never given twice')
      highest[target] = uid
    }
    if (random.next(4) === 0) await catchUp(views, random.next(boxes.length))
  }
  for (const index of boxes.keys()) await catchUp(views, index)
  await assertSums()
})

async function catchUp(views: readonly View[], index: number): Promise<void> {
  const view = views[index] ?? assert.fail('no view')
  const { modseq, changed, vanished } = (await run((ctx) => readChanges(ctx, box(index), view.modseq))) ?? assert.fail('no mailbox')
  assert.ok(modseq >= view.modseq)
  for (const uid of vanished) view.entries.delete(uid)
  for (const entry of changed) view.entries.set(entry.uid, entry)
  view.modseq = modseq
  const uids = await run((ctx) => readUids(ctx, box(index)))
  assert.deepEqual([...view.entries.values()].toSorted((a, b) => a.uid - b.uid), await run((ctx) => readEntries(ctx, box(index), uids)))
}

async function assertSums(): Promise<void> {
  const { rows } = await sql<{ wrong: number }>`
    select count(*)::int as wrong from mail_mailbox m
    left join lateral (select count(*)::int as n, coalesce(sum(size), 0) as size, count(*) filter (where flags & 1 = 0)::int as unseen, count(*) filter (where flags & 8 <> 0)::int as deleted from mail_entry e where e.mailbox_id = m.id) s on true
    where (m.messages, m.size, m.unseen, m.deleted) is distinct from (s.n, s.size, s.unseen, s.deleted)
      or m.uid_next <= coalesce((select max(uid) from mail_entry e where e.mailbox_id = m.id), 0)
      or m.modseq < coalesce((select max(modseq) from mail_entry e where e.mailbox_id = m.id), 0)`.execute(it.runtime.db)
  const used = await sql<{ wrong: number }>`
    select count(*)::int as wrong from mail_account a
    left join lateral (select coalesce(sum(messages), 0)::int as n, coalesce(sum(size), 0)::bigint as size from mail_mailbox m where m.account_id = a.id) s on true
    where (a.used_count, a.used_size) is distinct from (s.n, s.size)`.execute(it.runtime.db)
  assert.deepEqual([rows[0]?.wrong, used.rows[0]?.wrong], [0, 0], 'counters are the sums of what is there')
}
