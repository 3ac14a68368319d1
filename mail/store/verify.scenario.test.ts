import assert from 'node:assert/strict'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { service as registry } from '#platform/registry/server/index.ts'
import { testRuntime, type TestRuntime } from '#test/runtime.ts'
import { openAccount } from './server/accounts.ts'
import { addEntries } from './server/entries.ts'
import { service } from './server/index.ts'
import { listMailboxes } from './server/mailboxes.ts'
import { keepMessage, keepOctets } from './server/messages.ts'
import { whole } from './server/octets.ts'
import { mailBlobs } from './server/parts.ts'
import { repairMail, verifyMail } from './server/verify.ts'

let it: TestRuntime
let paths: readonly string[] = []
const run = <T>(work: (ctx: ServerContext) => Promise<T>): Promise<T> => it.runtime.command(null, work)
const kinds = async (): Promise<readonly string[]> => (await run((ctx) => verifyMail(ctx, mailBlobs(it.runtime), () => undefined))).problems.map(({ kind }) => kind)

before(async () => {
  it = await testRuntime({ services: [registry, service] })
  const accountId = await run((ctx) => openAccount(ctx, { kind: 'shared', ownerId: null, name: '测试', address: 'a@cn.example', quota: 1_000_000 }))
  const [inbox] = await run((ctx) => listMailboxes(ctx, accountId))
  const kept: string[] = []
  for (const text of ['one', 'two']) {
    const raw = Buffer.from(`Subject: ${text}\r\n\r\n${text}\r\n`)
    const draft = await mailBlobs(it.runtime).write((async function* () { yield raw })(), 1_000)
    await draft.keep()
    kept.push(join(it.runtime.dataDir, 'mail', draft.hash.slice(0, 2), draft.hash))
    await run(async (ctx) => addEntries(ctx, [{ mailboxId: inbox?.id ?? 0, messageId: await keepMessage(ctx, raw, whole(draft.hash)), size: raw.length, flags: [], internalAt: ctx.now, savedAt: ctx.now }]))
  }
  paths = kept
})
after(() => it.close())

test('what is whole is found whole', async () => {
  const { messages, problems } = await run((ctx) => verifyMail(ctx, mailBlobs(it.runtime), () => undefined))
  assert.deepEqual([messages, problems], [2, []])
})

test('wrong counters and numbers are found and put right', async () => {
  await sql`update mail_mailbox set messages = messages + 5, uid_next = 1 where name = 'INBOX'`.execute(it.runtime.db)
  assert.deepEqual(await kinds(), ['mailbox', 'numbers', 'account'])
  assert.equal(await run((ctx) => repairMail(ctx, mailBlobs(it.runtime))), 1)
  assert.deepEqual(await kinds(), [])
  assert.equal(await run((ctx) => repairMail(ctx, mailBlobs(it.runtime))), 0)
})

test('a size that is not the message\'s own, and contents of a recipe that are not noted, are found and put right', async () => {
  const raw = Buffer.from(`Subject: three\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.alloc(20_000, 3).toString('base64')}\r\n`)
  const kept = await keepOctets(mailBlobs(it.runtime), raw)
  assert.equal(kept.parts.length, 1)
  await run((ctx) => keepMessage(ctx, raw, kept))
  await sql`delete from mail_message_part`.execute(it.runtime.db)
  await sql`update mail_entry set size = size + 1 where uid = 1`.execute(it.runtime.db)
  assert.deepEqual(await kinds(), ['sizes', 'mailbox', 'references'])
  assert.equal(await run((ctx) => repairMail(ctx, mailBlobs(it.runtime))), 2)
  assert.deepEqual(await kinds(), [])
})

test('octets that are gone or others are told', async () => {
  const [first = '', second = ''] = paths
  await rm(first)
  await rm(second)
  await writeFile(second, 'something else')
  assert.deepEqual(await kinds(), ['missing', 'changed'])
})
