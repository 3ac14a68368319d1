import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, before, describe, test } from 'node:test'
import pino from 'pino'
import { sql } from 'kysely'
import { openRuntime } from '#apps/boot.ts'
import { explain } from '#apps/explain.ts'
import { Importer, storableName } from '#mail/archive/server/import.ts'
import { openAccount } from '#mail/store/server/accounts.ts'
import { readEntries, readUids } from '#mail/store/server/entries.ts'
import { createMailbox, listMailboxes } from '#mail/store/server/mailboxes.ts'
import { closeMailParts, type MailParts, mailParts } from '#mail/store/server/parts.ts'
import { parseSettings } from '#platform/config/server/settings.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { testDatabase, type TestDatabase } from '#test/database.ts'
import { openImap, PASSWORD } from '#test/mail/imap.ts'
import { runCli } from './run.ts'

const log = pino({ level: 'silent' })
const text = (body: string, subject = '关于召开会议的通知'): Buffer => Buffer.from(`Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=\r\n\r\n${body}`)

/** What is hard to keep in files, by mailbox. */
const MAIL: readonly { mailbox: string; raw: Buffer; flags: readonly string[]; internalAt: number }[] = [
  { mailbox: 'INBOX', raw: text('一\r\n'), flags: ['\\Seen'], internalAt: Date.UTC(2026, 6, 1, 1, 2, 3, 4) },
  { mailbox: 'INBOX', raw: text('\r\nFrom here on\r\n>From there\r\n>>From\r\n\r\nFrom a\r\n'), flags: ['\\Answered', '\\Flagged', '重要', 'a b{', '$Forwarded'], internalAt: Date.UTC(2026, 6, 2) },
  { mailbox: 'INBOX', raw: text('no end', 'a/b:c*d'), flags: [], internalAt: Date.UTC(1999, 11, 31) },
  { mailbox: 'INBOX', raw: Buffer.concat([text('\0\r bare\n and 8 bit '), Buffer.from([0xc4, 0xe3, 0xff, 0x0a])]), flags: ['\\Draft', '\\Deleted'], internalAt: Date.UTC(2026, 6, 3) },
  { mailbox: '已发送', raw: text('\n\n\n'), flags: ['\\Seen'], internalAt: Date.UTC(2026, 6, 4) },
  { mailbox: '项目/2026.07 一期/验收', raw: text('x'.repeat(200_000)), flags: ['\\Seen'], internalAt: Date.UTC(2026, 6, 5) },
  { mailbox: '.隐藏 & 空格', raw: text(''), flags: [], internalAt: Date.UTC(2026, 6, 6) },
]

let folder = ''
let database: TestDatabase
const settings = (): ReturnType<typeof parseSettings> => parseSettings({ DATABASE_URL: database.url, DATA_DIR: join(folder, 'data') }, folder)

async function cli(...args: string[]): Promise<string> {
  const lines: string[] = []
  await runCli(args, { settings, log, say: (line) => void lines.push(line), note: () => undefined }).catch((error: unknown) => Promise.reject(new Error(explain(error))))
  return lines.join('\n')
}

async function withRuntime<T>(work: (runtime: Runtime) => Promise<T>): Promise<T> {
  const runtime = await openRuntime({ databaseUrl: database.url, settings: settings(), log, connections: 2 })
  try {
    return await work(runtime)
  } finally {
    closeMailParts(runtime)
    await runtime.database.close()
  }
}

const open = (address: string, quota = 1_000_000_000): Promise<string> => withRuntime((runtime) => runtime.command(null, (ctx) => openAccount(ctx, { kind: 'shared', ownerId: null, name: address, address, quota })))

type Seen = { mailbox: string; hash: string; flags: readonly string[]; internalAt: number }
const hashOf = (raw: Buffer): string => createHash('sha256').update(raw).digest('hex')

/** Everything in an account, octets read back. */
const contents = (accountId: string): Promise<readonly Seen[]> => withRuntime(async (runtime) => {
  const { blobs, known } = mailParts(runtime)
  return runtime.query(null, async (ctx) => {
    const seen: Seen[] = []
    for (const { id, name } of await listMailboxes(ctx, accountId)) {
      for (const { messageId, flags, internalAt } of await readEntries(ctx, id, await readUids(ctx, id))) seen.push({ mailbox: name, hash: hashOf(await buffer(blobs.read(await known.place(ctx, messageId)))), flags, internalAt })
    }
    return seen
  })
})

const told = (all: readonly Seen[]): readonly string[] => all.map(({ mailbox, hash, flags, internalAt }) => `${mailbox} ${hash} ${flags.toSorted().join(' ')} ${internalAt}`).toSorted()

async function withImporter(parts: MailParts, accountId: string, messages: typeof MAIL): Promise<void> {
  const importer = new Importer(parts, accountId)
  for (const message of messages) await importer.take(message)
  assert.deepEqual(await importer.finish(), { added: messages.length, there: 0 })
}

let source = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chengming-archive-'))
  database = await testDatabase()
  source = await open('source@cn.example')
  await withRuntime((runtime) => withImporter(mailParts(runtime), source, MAIL))
})
after(async () => {
  await database.drop()
  await rm(folder, { recursive: true })
})

for (const format of ['maildir', 'mbox', 'eml']) {
  test(`${format}: out and in again is the same, octets, flags, moments and mailboxes; twice adds nothing`, async () => {
    const target = await open(`${format}@cn.example`)
    const path = join(folder, format)
    assert.match(await cli('mail', 'export', 'source@cn.example', format, path), new RegExp(`共 ${MAIL.length} 封`))
    assert.match(await cli('mail', 'import', `${format}@cn.example`, path), new RegExp(`已导入 ${MAIL.length} 封邮件，0 封`))
    assert.deepEqual(told(await contents(target)), told(await contents(source)))
    const files = (await readdir(path, { recursive: true })).length
    await cli('mail', 'export', 'source@cn.example', format, path)
    assert.equal((await readdir(path, { recursive: true })).length, files)
    assert.match(await cli('mail', 'import', `${format}@cn.example`, path), new RegExp(`已导入 0 封邮件，${MAIL.length} 封`))
  })
}

describe('files of other programs', () => {
  test('an mbox with the line ends and flags of Unix', async () => {
    const id = await open('unix@cn.example')
    await writeFile(join(folder, 'Sent'), 'From a@b.c Wed Jul  1 09:00:00 2026\nSubject: one\nStatus: RO\nX-Status: A\n\nhello\n>From us\n\nFrom a@b.c Thu Jul  2 09:00:00 2026\nSubject: two\n\nbye\n')
    assert.match(await cli('mail', 'import', 'unix@cn.example', join(folder, 'Sent')), /已导入 2 封/)
    assert.deepEqual(await contents(id), [
      { mailbox: '已发送', hash: hashOf(Buffer.from('Subject: one\r\nStatus: RO\r\nX-Status: A\r\n\r\nhello\r\nFrom us\r\n')), flags: ['\\Answered', '\\Seen'], internalAt: Date.UTC(2026, 6, 1, 9) },
      { mailbox: '已发送', hash: hashOf(Buffer.from('Subject: two\r\n\r\nbye\r\n')), flags: [], internalAt: Date.UTC(2026, 6, 2, 9) },
    ])
  })

  test('names that no mailbox may have become ones that it may', () => {
    for (const [name, expected] of [['a*b', 'a_b'], ['50%', '50_'], ['inbox//x/', 'INBOX/x'], ['', '_'], ['1/2/3/4/5/6/7/8/9/10/11/12', '1/2/3/4/5/6/7/8/9/10_11_12']] as const) assert.equal(storableName(name), expected)
  })

  test('a Maildir with new mail, keywords of Dovecot, and a sub-folder', async () => {
    const id = await open('dovecot@cn.example')
    const path = join(folder, 'Maildir')
    for (const part of ['cur', 'new', '.&XfJT0ZAB-.a/cur']) await mkdir(join(path, part), { recursive: true })
    await writeFile(join(path, 'dovecot-keywords'), '0 $Forwarded\n')
    await writeFile(join(path, 'new/1790000000.M1P1.host'), text('new'))
    await writeFile(join(path, 'cur/1790000001.M1P1.host:2,FSa'), text('seen'))
    await writeFile(join(path, '.&XfJT0ZAB-.a/cur/1790000002.M1P1.host:2,R'), text('below'))
    await cli('mail', 'import', 'dovecot@cn.example', path)
    assert.deepEqual((await contents(id)).map(({ mailbox, flags }) => [mailbox, ...flags]).toSorted(), [['INBOX'], ['INBOX', '\\Flagged', '\\Seen', '$Forwarded'], ['已发送/a', '\\Answered']])
  })
})

test('from another server by IMAP: everything comes over, twice adds nothing, and the mailboxes are compared', async () => {
  const other = await openImap(['old'], 1e9)
  try {
    await withImporter(mailParts(other.runtime), other.ids.get('old') ?? '', MAIL)
    await other.runtime.command(null, (ctx) => createMailbox(ctx, other.ids.get('old') ?? '', 'Sent Items'))
    const client = await other.signedIn('old')
    await other.append(client, '"Sent Items"', 'Subject: sent\r\n\r\nx\r\n')
    client.socket.destroy()
    const target = await open('new@cn.example')
    const from = `imap://old@127.0.0.1:${other.port}`
    await assert.rejects(cli('mail', 'migrate', 'new@cn.example', from), /MAIL_SOURCE_PASSWORD/)
    await assert.rejects(cli('mail', 'migrate', 'new@cn.example', 'old.example'), /imaps:\/\/账号@主机/)
    process.env['MAIL_SOURCE_PASSWORD'] = 'wrong'
    await assert.rejects(cli('mail', 'migrate', 'new@cn.example', from), /127\.0\.0\.1 无法读取/)
    process.env['MAIL_SOURCE_PASSWORD'] = PASSWORD
    const said = await cli('mail', 'migrate', 'new@cn.example', from)
    assert.match(said, new RegExp(`INBOX：原有 4 封 (\\d+) 字节，“INBOX”现有 4 封 \\1 字节，内容齐全\n[^]*已迁入 ${MAIL.length + 1} 封邮件，0 封`))
    assert.match(said, /已发送、Sent Items：原有 2 封 (\d+) 字节，“已发送”现有 2 封 \1 字节，内容齐全/)
    // IMAP tells seconds.
    const whole = (all: readonly Seen[]): readonly string[] => told(all.map((one) => ({ ...one, internalAt: Math.floor(one.internalAt / 1_000) })))
    const sent = hashOf(Buffer.from('Subject: sent\r\n\r\nx\r\n'))
    assert.deepEqual(whole((await contents(target)).filter(({ hash }) => hash !== sent)), whole(await contents(source)))
    assert.match(await cli('mail', 'migrate', 'new@cn.example', from), new RegExp(`已迁入 0 封邮件，${MAIL.length + 1} 封`))
  } finally {
    delete process.env['MAIL_SOURCE_PASSWORD']
    await other.close()
  }
})

test('mistakes are told: unknown address, format, place, and an account without room', async () => {
  await open('small@cn.example', 1000)
  await assert.rejects(cli('mail', 'export', 'nobody@cn.example', 'eml', join(folder, 'x')), /没有邮箱“nobody@cn.example”/)
  await assert.rejects(cli('mail', 'export', 'source@cn.example', 'pst', join(folder, 'x')), /没有“pst”这种格式，可用：maildir、mbox、eml/)
  await assert.rejects(cli('mail', 'import', 'small@cn.example', join(folder, 'nowhere')), /不存在/)
  await mkdir(join(folder, 'empty'))
  await assert.rejects(cli('mail', 'import', 'small@cn.example', join(folder, 'empty')), /没有能识别的邮件/)
  await assert.rejects(cli('mail', 'import', 'small@cn.example', join(folder, 'eml')), /容量|已满/)
  assert.deepEqual(await contents((await withRuntime((runtime) => runtime.query(null, async (ctx) => (await sql<{ id: string }>`select account_id as id from mail_address where address = 'small@cn.example'`.execute(ctx.db())).rows)))[0]?.id ?? ''), [])
})

test('all accounts at once, and a backup takes the octets along', async () => {
  const path = join(folder, 'all')
  assert.match(await cli('mail', 'export', '全部', 'eml', path), /已导出 \d+ 个邮箱/)
  assert.match(await cli('mail', 'import', '全部', path), /已导入 0 封邮件/)
  assert.match(await cli('mail', 'verify'), /邮件完好/)
  assert.match(await cli('backup', join(folder, 'backup')), new RegExp(`${MAIL.length + 6} 封邮件`))
  await rm(join(folder, 'data/mail'), { recursive: true })
  await assert.rejects(cli('backup', join(folder, 'partial')), new RegExp(`有 ${MAIL.length + 6} 个文件或邮件在存储中缺失`))
})
