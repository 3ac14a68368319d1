import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Account } from './account.ts'
import { DatabaseFailure, outputFailure } from './failure.ts'
import type { ServerSettings } from './settings.ts'

/** Where the launcher reports; pino fits. */
export type LauncherLog = Readonly<Record<'debug' | 'info' | 'warn' | 'error', (text: string) => void>>

export type ServerOrder = { postgres: string; cluster: string; account: Account; port: number; settings: ServerSettings; log: LauncherLog }

/** A running server; `ended` settles when it is gone for whatever reason. */
export type Server = { pid: number; ended: Promise<void>; stop: () => Promise<void> }

/** A port of the loopback interface: the wanted one if it is free, otherwise one the system picks. */
export async function freePort(wanted: number): Promise<number> {
  const probe = createServer()
  try {
    const listening = once(probe, 'listening')
    probe.listen(wanted, '127.0.0.1')
    await listening
    const address = probe.address()
    return typeof address === 'object' && address ? address.port : 0
  } catch {
    return freePort(0)
  } finally {
    probe.close()
  }
}

/** Starts the watchdog before the server, so that there is no moment without one; it learns the server's id over the pipe. */
function startWatchdog(cluster: string): { guard: (pid: number) => void; end: () => void } {
  const script = fileURLToPath(new URL('./watchdog.ts', import.meta.url))
  const child = spawn(process.execPath, ['--max-old-space-size=32', script, cluster], { detached: true, cwd: '/', stdio: ['pipe', 'ignore', 'ignore'], env: {} })
  child.unref()
  child.on('error', () => undefined)
  child.stdin.on('error', () => undefined)
  if ('unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref()
  return { guard: (pid) => void child.stdin.write(`${pid}\n`), end: () => void child.stdin.end() }
}

function follow(child: ChildProcess, log: LauncherLog, last: string[], ready: () => void): void {
  if (!child.stderr) return
  createInterface({ input: child.stderr }).on('line', (line) => {
    last.push(line)
    if (last.length > 20) last.shift()
    if (/ (FATAL|PANIC): {2}/.test(line)) log.warn(`postgres ${line}`)
    else log.debug(`postgres ${line}`)
    if (line.includes('database system is ready to accept connections')) ready()
  })
}

/** From here on the server must not keep the program alive by itself. */
function release(child: ChildProcess): void {
  child.unref()
  const { stderr } = child
  if (stderr && 'unref' in stderr && typeof stderr.unref === 'function') stderr.unref()
}

async function endServer(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.ref()
  child.kill('SIGINT') // "fast shutdown": ends sessions, writes a checkpoint
  const impatience = setTimeout(() => child.kill('SIGQUIT'), 30_000)
  await ended
  clearTimeout(impatience)
}

/** Runs `postgres` until it accepts connections; throws a DatabaseFailure that names the cause if it ends before that. */
export async function launch(order: ServerOrder): Promise<Server> {
  const watchdog = startWatchdog(order.cluster)
  const options = Object.entries({ ...order.settings, port: String(order.port) }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // Its own process group: Ctrl-C on the terminal must reach the database only through us, after the last transaction.
  const child = spawn(order.postgres, ['-D', order.cluster, ...options], {
    ...order.account, cwd: '/', detached: true, stdio: ['ignore', 'ignore', 'pipe'], env: { LC_ALL: 'C', TZ: 'Asia/Shanghai' },
  })
  const last: string[] = []
  const { promise: ended, resolve: end } = Promise.withResolvers<void>()
  const { promise: ready, resolve: becomeReady } = Promise.withResolvers<void>()
  child.once('close', () => end())
  child.once('error', (error) => {
    last.push(error.message)
    end()
  })
  follow(child, order.log, last, becomeReady)
  if (child.pid !== undefined) watchdog.guard(child.pid)
  const outcome = await Promise.race([ready.then(() => 'ready' as const), ended.then(() => 'ended' as const)])
  void ended.then(watchdog.end)
  if (outcome === 'ended') throw outputFailure(last, order.port)
  if (child.pid === undefined) throw new DatabaseFailure('start-failed', '内置数据库没有进程号。')
  release(child)
  return { pid: child.pid, ended, stop: () => endServer(child, ended) }
}
