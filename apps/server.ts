import pino from 'pino'
import type { Logger } from 'pino'
import { DatabaseFailure } from '#platform/db/server/embedded/failure.ts'
import { startEmbedded } from '#platform/db/server/embedded/embedded.ts'
import { MigrationError } from '#platform/db/server/migration-plan.ts'
import type { Settings } from '#platform/config/contract.ts'
import { createDataFolder } from '#platform/config/server/data-folder.ts'
import { SettingsError, loadSettings } from '#platform/config/server/settings.ts'
import { openRuntime, startApplication } from './boot.ts'
import type { Application } from './boot.ts'
import { loadDemonstration } from './demonstration.ts'
import { servePages } from './pages.ts'

const ROOT = new URL('..', import.meta.url).pathname

/** People read the terminal, programs read JSON lines. */
function createLog(level: string): Logger {
  const redact = ['req.headers.cookie', 'req.headers.authorization', 'password']
  return process.stdout.isTTY ? pino({ level: level === 'info' ? 'warn' : level, redact }) : pino({ level, redact })
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

interface Database {
  readonly url: string
  stop(): Promise<void>
}

async function openDatabaseServer(settings: Settings, log: Logger, onLost: () => void): Promise<Database> {
  if (settings.databaseUrl !== undefined) return { url: settings.databaseUrl, stop: async () => undefined }
  say('正在启动内置数据库……')
  return startEmbedded({ dataDir: settings.dataDir, log, onLost })
}

async function listen({ app }: Application, port: number): Promise<void> {
  try {
    await app.listen({ port, host: '::' })
  } catch (error) {
    const code = (error as { code?: string }).code
    if (code === 'EADDRINUSE') throw new SettingsError([{ name: 'PORT', text: `端口 ${port} 已被其他程序占用，请换一个` }])
    if (code === 'EAFNOSUPPORT' || code === 'EADDRNOTAVAIL') return void (await app.listen({ port, host: '0.0.0.0' }))
    throw error
  }
}

function endOnSignals(end: () => Promise<void>): void {
  let ending = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (ending) process.exit(1)
      ending = true
      say('正在停止……')
      void end().then(() => process.exit(0), () => process.exit(1))
    })
  }
}

/** What people can mend themselves is said in a sentence; anything else keeps its stack for those who read logs. */
function explain(error: unknown): string {
  if (error instanceof SettingsError || error instanceof DatabaseFailure || error instanceof MigrationError) return error.message
  const code = (error as { code?: string } | null)?.code ?? ''
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return `数据文件夹无法写入，请检查 DATA_DIR 及其权限（${code}）`
  if (code === 'ENOSPC') return '磁盘空间已满，请清理后重新启动'
  if (/^(ECONNREFUSED|ENOTFOUND|28P01|3D000|28000)$/.test(code)) return `无法连接 DATABASE_URL 所指的数据库，请检查地址、账号和密码（${code}）`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

async function main(): Promise<void> {
  const settings = loadSettings(ROOT)
  createDataFolder(settings.dataDir)
  const log = createLog(settings.logLevel)
  const lost = (): never => {
    say('数据库意外退出，程序随之停止；重新启动即可恢复。')
    process.exit(1)
  }
  const database = await openDatabaseServer(settings, log, lost)
  const runtime = await openRuntime({ databaseUrl: database.url, settings, log })
  const signIn = await loadDemonstration(runtime, settings, say)
  const application = await startApplication(runtime, settings)
  await servePages(application.app)
  endOnSignals(async () => {
    await application.close()
    await database.stop()
  })
  await listen(application, settings.port)
  say(`承明已启动：${settings.publicUrl ?? `http://localhost:${settings.port}`}`)
  for (const line of signIn) say(line)
}

try {
  await main()
} catch (error) {
  process.stderr.write(`启动失败：${explain(error)}\n`)
  process.exit(1)
}
