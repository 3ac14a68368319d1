import pino from 'pino'
import type { Logger } from 'pino'
import { portLines } from '#mail/listeners/server/index.ts'
import { createDataFolder } from '#platform/config/server/data-folder.ts'
import { SettingsError, loadSettings } from '#platform/config/server/settings.ts'
import { openRuntime, startApplication } from './boot.ts'
import type { Application } from './boot.ts'
import { openDatabaseServer } from './database-server.ts'
import { loadDemonstration } from './demonstration.ts'
import { OperatorError, explain } from './explain.ts'
import { firstSteps } from './first-steps.ts'
import { servePages } from './pages.ts'

const ROOT = new URL('..', import.meta.url).pathname

/** People read the terminal, programs read JSON lines. */
function createLog(level: string): Logger {
  const redact = ['req.headers.cookie', 'req.headers.authorization', 'password']
  return process.stdout.isTTY ? pino({ level: level === 'info' ? 'warn' : level, redact }) : pino({ level, redact })
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

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

async function main(): Promise<void> {
  const settings = loadSettings(ROOT)
  createDataFolder(settings.dataDir)
  const log = createLog(settings.logLevel)
  const lost = (): never => {
    say('数据库意外退出，程序随之停止；重新启动即可恢复。')
    process.exit(1)
  }
  const database = await openDatabaseServer({ settings, log, say, onLost: lost })
  if (database.sharedWith !== undefined) throw new OperatorError(`数据文件夹 ${settings.dataDir} 正由另一个承明程序使用（进程 ${database.sharedWith}）。请先停止它，或用 DATA_DIR 指定另一个文件夹。`)
  const runtime = await openRuntime({ databaseUrl: database.url, settings, log })
  const next = [...(await loadDemonstration(runtime, settings, say)), ...(await firstSteps(runtime))]
  const application = await startApplication(runtime, settings)
  if (settings.roles.includes('web')) await servePages(application.app)
  endOnSignals(async () => {
    await application.close()
    await database.stop()
  })
  await listen(application, settings.port)
  say(`承明已启动：${settings.publicUrl ?? `${settings.tls === undefined ? 'http' : 'https'}://localhost:${settings.port}`}`)
  for (const line of [...portLines(runtime), ...next]) say(line)
}

try {
  await main()
} catch (error) {
  process.stderr.write(`启动失败：${explain(error)}\n`)
  process.exit(1)
}
