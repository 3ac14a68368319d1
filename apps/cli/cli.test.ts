import assert from 'node:assert/strict'
import { cp, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import pino from 'pino'
import { sql } from 'kysely'
import { openRuntime, startApplication } from '#apps/boot.ts'
import { loadWorld } from '#apps/demonstration.ts'
import { explain } from '#apps/explain.ts'
import { firstSteps } from '#apps/first-steps.ts'
import { parseSettings } from '#platform/config/server/settings.ts'
import { Files } from '#platform/files/contract.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { emptyDatabase, testDatabase } from '#test/database.ts'
import type { TestDatabase } from '#test/database.ts'
import { generate } from '#test/world/world.ts'
import { runCli } from './run.ts'

const PASSWORD = 'Changning-Test-2026'
const log = pino({ level: 'silent' })

let folder = ''
const databases: TestDatabase[] = []
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chengming-cli-'))
})
after(async () => {
  for (const database of databases) await database.drop()
  await rm(folder, { recursive: true })
})

interface Place {
  readonly url: string
  readonly dataDir: string
}

async function place(name: string, make: () => Promise<TestDatabase>): Promise<Place> {
  const database = await make()
  databases.push(database)
  return { url: database.url, dataDir: join(folder, name) }
}

/** Runs a command as the terminal does; answers what it printed, or throws the sentence it ended with. */
async function cli({ url, dataDir }: Place, ...args: string[]): Promise<string> {
  const lines: string[] = []
  const settings = (): ReturnType<typeof parseSettings> => parseSettings({ DATABASE_URL: url, DATA_DIR: dataDir }, folder)
  await runCli(args, { settings, log, say: (line) => void lines.push(line), note: () => undefined }).catch((error: unknown) => Promise.reject(new Error(explain(error))))
  return lines.join('\n')
}

async function served<T>({ url, dataDir }: Place, work: (ask: (login: string, password: string, body?: object) => Promise<{ status: number; code: string | undefined }>, runtime: Runtime) => Promise<T>): Promise<T> {
  const settings = { dataDir, trustProxy: false, publicUrl: undefined }
  const runtime = await openRuntime({ databaseUrl: url, settings, log })
  const { app, close } = await startApplication(runtime, settings)
  try {
    return await work(async (login, password) => {
      const answer = await app.inject({ method: 'POST', url: '/api/session', payload: { login, password } })
      return { status: answer.statusCode, code: (answer.json() as { error?: { code: string } }).error?.code }
    }, runtime)
  } finally {
    await close()
  }
}

describe('an empty installation', () => {
  let it: Place
  before(async () => {
    it = await place('empty', emptyDatabase)
  })
  const three = ['--system', 'zhangsan:张三', '--security', 'lisi:李四', '--auditor', 'wangwu:王五']

  test('migrate makes the tables, once', async () => {
    assert.match(await cli(it, 'migrate'), /已执行 \d+ 个升级步骤/)
    assert.equal(await cli(it, 'migrate'), '数据库已是最新。')
  })

  test('the start tells what to do while nobody can sign in', async () => {
    const lines = await served(it, (_ask, runtime) => firstSteps(runtime))
    assert.match(lines.join('\n'), /admins create/)
  })

  test('three administrators get a password each, to be changed at the first sign-in', async () => {
    await assert.rejects(cli(it, 'admins', 'create', ...three), /--district/)
    const said = await cli(it, 'admins', 'create', '--district', '上海市长宁区', ...three)
    const password = /系统管理员 张三（zhangsan）：一次性密码 (\S+)/.exec(said)?.[1] ?? ''
    await served(it, async (ask, runtime) => {
      assert.deepEqual(await ask('zhangsan', password), { status: 403, code: 'identity.password.expired' })
      assert.deepEqual(await firstSteps(runtime), [])
    })
    assert.match(await cli(it, 'user', 'list'), /lisi\s+李四 +须改密码[\s\S]*共 3 个账号/)
  })

  test('one person never holds two of the three administrations', async () => {
    await assert.rejects(cli(it, 'admins', 'create', '--system', 'a.b.c:赵六', '--security', 'a.b.c:赵六'), /三员分立/)
    await assert.rejects(cli(it, 'admins', 'create', '--security', 'zhangsan:张三'), /不同人员/)
    await assert.rejects(cli(it, 'admins', 'create', '--security', 'zhangsan:李四'), /属于「张三」/)
    await assert.rejects(cli(it, 'admins', 'create', '--security', 'zhangsan'), /账号:姓名/)
  })

  test('a reset password is new, and to be changed', async () => {
    const password = /：(\S+)$/.exec(await cli(it, 'user', 'reset', 'wangwu'))?.[1] ?? ''
    assert.equal((await served(it, (ask) => ask('wangwu', password))).code, 'identity.password.expired')
    await assert.rejects(cli(it, 'user', 'reset', 'nobody'), /没有这个账号/)
  })

  test('the audit log holds what was done here, and a changed row is found', async () => {
    assert.match(await cli(it, 'audit', 'verify'), /审计日志完好：\d+ 条链，[1-9]\d* 条记录/)
    await served(it, async (_ask, runtime) => {
      await sql.raw('alter table audit_entry disable trigger all').execute(runtime.db)
      await sql.raw("update audit_entry set object_title = 'x' where action = 'identity.reset-password'").execute(runtime.db)
    })
    await assert.rejects(cli(it, 'audit', 'verify'), /记录被改动或换位/)
  })

  test('help and mistakes', async () => {
    assert.match(await cli(it), /用法[\s\S]*backup/)
    assert.match(await cli(it, 'help', 'admins', 'create'), /三员/)
    await assert.rejects(cli(it, 'fly'), /没有命令「fly」/)
  })
})

describe('backup and restore', () => {
  let it: Place
  let backup = ''
  before(async () => {
    it = await place('full', testDatabase)
    backup = join(folder, 'backup')
    await served(it, async (_ask, runtime) => {
      await loadWorld(runtime, generate(), PASSWORD)
      await runtime.command(null, (ctx) => ctx.use(Files).create('公文.txt', 'text/plain', Buffer.from('正文')))
      assert.match(await cli(it, 'backup', backup), /备份完成.*1 个文件/)
    })
  })
  const contents = ({ url }: Place): Promise<unknown> => served({ url, dataDir: it.dataDir }, async (_ask, { db }) =>
    (await sql`select (select count(*) from org_post) as posts, (select count(*) from audit_entry where action <> 'identity.login') > 0 as audited,
      (select md5(string_agg(p::text, '' order by id)) from org_person p) as people, (select count(*) from schema_migration) as steps`.execute(db)).rows)

  test('a restored installation is the same, keys and passwords included', async () => {
    const target = await place('restored', emptyDatabase)
    await mkdir(join(target.dataDir, 'keys'), { recursive: true })
    await writeFile(join(target.dataDir, 'keys/password-pepper'), Buffer.alloc(32).toString('base64'))
    assert.match(await cli(target, 'restore', backup), /恢复完成/)
    assert.deepEqual(await contents(target), await contents(it))
    assert.equal((await served(target, (ask) => ask('zhoumuyuan', PASSWORD))).status, 200)
    assert.match(await cli(target, 'audit', 'verify'), /完好/)
    const [hash] = await readdir(join(target.dataDir, 'blobs')).then((names) => names.filter((name) => name.length === 2))
    assert.equal((await readdir(join(target.dataDir, 'blobs', hash ?? ''))).length, 1)
    assert.equal((await stat(join(backup, 'manifest.json'))).mode & 0o077, 0)
    await assert.rejects(cli(target, 'restore', backup), /已有数据/)
  })

  test('refused: a running target, a damaged or unfinished backup, a taken name', async () => {
    const target = await place('refused', testDatabase)
    await served(target, async () => assert.rejects(cli(target, 'restore', backup), /先停止服务/))
    const damaged = join(folder, 'damaged')
    await cp(backup, damaged, { recursive: true })
    await writeFile(join(damaged, 'tables/public.org_person.zst'), 'x')
    await assert.rejects(cli(target, 'restore', damaged), /org_person.zst 已损坏.*没有改动/)
    await rm(join(damaged, 'manifest.json'))
    await assert.rejects(cli(target, 'restore', damaged), /没有完成/)
    await assert.rejects(cli(it, 'backup', backup), /已存在/)
  })

  test('a lost content is told, and the rest is saved', async () => {
    await rm(join(it.dataDir, 'blobs'), { recursive: true })
    await assert.rejects(cli(it, 'backup', join(folder, 'partial')), /1 个文件或邮件在存储中缺失/)
    assert.ok((await readdir(join(folder, 'partial'))).includes('manifest.json'))
  })
})
