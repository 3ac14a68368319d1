import { existsSync, readFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** The lines of `postmaster.pid` that matter (PostgreSQL: src/include/utils/pidfile.h). */
export type PidFile = { pid: number; cluster: string; port: number; ready: boolean }

/** Reads the text of a `postmaster.pid`; undefined while it is being written or is no such file. */
export function parsePidFile(text: string): PidFile | undefined {
  const lines = text.split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0 || lines[1] === undefined) return undefined
  return { pid, cluster: lines[1], port: Number(lines[3] ?? 0), ready: lines[7]?.trim() === 'ready' }
}

export const pidPath = (cluster: string): string => join(cluster, 'postmaster.pid')

export function readPidFile(cluster: string): PidFile | undefined {
  return existsSync(pidPath(cluster)) ? parsePidFile(readFileSync(pidPath(cluster), 'utf8')) : undefined
}

/** Whether a process with this id exists, whoever it belongs to. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function commandLine(pid: number): string {
  const file = `/proc/${pid}/cmdline`
  if (existsSync(file)) return readFileSync(file, 'utf8').replaceAll('\0', ' ')
  return spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
}

/** Whether the id in a pid file really is the server of that cluster: after a reboot another program may carry the number. */
export function isServerOf(cluster: string, pid: number): boolean {
  if (!alive(pid)) return false
  const command = commandLine(pid)
  return command.includes('postgres') && command.includes(cluster)
}
