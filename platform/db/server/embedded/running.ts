import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { clusterFolder } from './cluster.ts'
import { DatabaseFailure } from './failure.ts'
import { alive, isServerOf, pidPath, readPidFile } from './pid-file.ts'

/** Kept beside the cluster: which program started the server last, and on which port. */
export type Running = { owner: number; port: number }

const path = (home: string): string => join(home, 'running.json')

export function readRunning(home: string): Running | undefined {
  if (!existsSync(path(home))) return undefined
  try {
    const value: unknown = JSON.parse(readFileSync(path(home), 'utf8'))
    if (typeof value !== 'object' || value === null || !('owner' in value) || !('port' in value)) return undefined
    return { owner: Number(value.owner), port: Number(value.port) }
  } catch {
    return undefined // cut short by a crash: as good as absent
  }
}

export const writeRunning = (home: string, running: Running): void => writeFileSync(path(home), JSON.stringify(running), { mode: 0o600 })

const step = 50

async function until(condition: () => boolean, milliseconds: number): Promise<boolean> {
  for (let waited = 0; waited < milliseconds; waited += step) {
    if (condition()) return true
    await pause(step)
  }
  return condition()
}

async function shareReady(cluster: string): Promise<number> {
  await until(() => readPidFile(cluster)?.ready === true || readPidFile(cluster) === undefined, 30_000)
  const found = readPidFile(cluster)
  if (found?.ready) return found.port
  throw new DatabaseFailure('already-running', '另一个程序正在启动或停止同一个数据库，请稍候再试。')
}

async function endOrphan(cluster: string, pid: number): Promise<void> {
  const stopped = (): boolean => !isServerOf(cluster, pid)
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!stopped()) process.kill(pid, signal)
    if (await until(stopped, 10_000)) return
  }
  throw new DatabaseFailure('already-running', `上一次运行留下的数据库进程（${pid}）没有在 20 秒内结束，请手工结束它后再启动。`)
}

/**
 * Clears the way for a start. Answers the server that another living program of ours runs on this cluster; otherwise
 * ends an orphan (its watchdog may be doing so already) and removes a pid file whose number now belongs to some other program.
 */
export async function settle(home: string): Promise<{ shared?: Running }> {
  const cluster = clusterFolder(home)
  const found = readPidFile(cluster)
  if (!found) return {}
  if (!isServerOf(cluster, found.pid)) {
    rmSync(pidPath(cluster), { force: true })
    return {}
  }
  const owner = readRunning(home)?.owner
  if (owner !== undefined && alive(owner)) return { shared: { owner, port: await shareReady(cluster) } }
  await endOrphan(cluster, found.pid)
  rmSync(pidPath(cluster), { force: true })
  return {}
}
