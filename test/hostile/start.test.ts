/** Starts that cannot succeed: each ends with a sentence that says what to do, and changes nothing. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import type { TestDatabase } from '#test/database.ts'
import { serving, start } from './program.ts'

const root = join(import.meta.dirname, '../..')

let folder = ''
let database: TestDatabase
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chengming-hostile-'))
  database = await testDatabase()
})
after(async () => {
  await database.drop()
  rmSync(folder, { recursive: true })
})

async function refused(settings: Readonly<Record<string, string>>): Promise<string> {
  const started = await start({ DATA_DIR: join(folder, 'unused'), ...settings })
  if (!('refused' in started)) {
    await started.stop()
    assert.fail(`it started: ${started.output()}`)
  }
  assert.equal(started.code, 1)
  assert.doesNotMatch(started.refused, /\n\s+at /, 'a stack is not for operators')
  return started.refused
}

const changed = (url: string, change: (parts: URL) => void): string => {
  const parts = new URL(url)
  change(parts)
  return parts.href
}

test('a port in use', async () => {
  const other = createServer()
  other.listen(0, '::')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  assert.match(await refused({ DATABASE_URL: database.url, PORT: String(port) }), new RegExp(`PORT：端口 ${port} 已被其他程序占用`))
  other.close()
})

test('a wrong DATABASE_URL: host, port, password, database, nonsense', async () => {
  const wrong = [
    changed(database.url, (url) => void (url.port = '1')), changed(database.url, (url) => void (url.password = 'wrong')),
    changed(database.url, (url) => void (url.pathname = '/nowhere')), changed(database.url, (url) => void (url.hostname = 'no-such-host.invalid')),
  ]
  for (const url of wrong) assert.match(await refused({ DATABASE_URL: url }), /无法连接 DATABASE_URL 所指的数据库/)
  assert.match(await refused({ DATABASE_URL: 'mysql://x' }), /DATABASE_URL：须为 postgres/)
})

test('a data folder that cannot be written', async () => {
  writeFileSync(join(folder, 'file'), '')
  assert.match(await refused({ DATA_DIR: join(folder, 'file/data') }), /DATA_DIR：文件夹 .* 无法建立或写入/)
})

test('a certificate that cannot be used', async () => {
  writeFileSync(join(folder, 'nonsense.pem'), 'nonsense')
  assert.match(await refused({ DATABASE_URL: database.url, TLS_CERT: join(folder, 'none.pem'), TLS_KEY: join(folder, 'none.pem') }), /TLS_CERT：无法读取/)
  assert.match(await refused({ DATABASE_URL: database.url, TLS_CERT: join(folder, 'nonsense.pem'), TLS_KEY: join(folder, 'nonsense.pem') }), /TLS_KEY：与 TLS_CERT 中的证书不相符/)
})

test('a second start on the same data folder', async () => {
  const DATA_DIR = join(folder, 'first')
  const first = await serving({ DATA_DIR, DEMO: 'off' })
  assert.match(await refused({ DATA_DIR, DEMO: 'off' }), /正由另一个承明程序使用（进程 \d+）/)
  assert.equal((await fetch(`${first.address}/readyz`)).status, 200, 'the first one goes on')
  assert.match(first.output(), /npm run cli -- admins create/)
  const cli = (...args: string[]): string => spawnSync(process.execPath, ['apps/cli.ts', ...args], { cwd: root, encoding: 'utf8', env: { ...process.env, DATA_DIR } }).stdout
  assert.match(cli('user', 'list'), /共 0 个账号/, 'the command line joins the running database')
  assert.equal(await first.stop(), 0)
  assert.match(cli('user', 'list'), /共 0 个账号/, 'and starts it when nobody else runs it')
})

test('the embedded database dies: the program says so and ends, the next start recovers', async () => {
  const settings = { DATA_DIR: join(folder, 'dies'), DEMO: 'off' }
  const program = await serving(settings)
  const postmaster = Number(readFileSync(join(settings.DATA_DIR, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0])
  process.kill(postmaster, 'SIGKILL')
  assert.equal(await program.ended, 1)
  assert.match(program.output(), /数据库意外退出，程序随之停止；重新启动即可恢复/)
  const again = await serving(settings)
  assert.equal((await fetch(`${again.address}/readyz`)).status, 200)
  await again.stop()
})

test('a disk that is full from the start', (context) => {
  const small = join(folder, 'small')
  mkdirSync(small)
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', small]).status !== 0) return context.skip('no rights to mount a small disk')
  return refused({ DATA_DIR: join(small, 'data') })
    .then((said) => assert.match(said, /只剩 \d+ MB，至少需要 256 MB/))
    .finally(() => spawnSync('umount', [small]))
})
