/**
 * Ends the database server when the program that started it is gone. It holds the reading end of a pipe whose writing end
 * belongs to that program alone; the system closes it even after `kill -9`. First line on the pipe: the server's process id.
 */
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { isServerOf } from './pid-file.ts'

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

const cluster = process.argv[2] ?? ''
const pid = Number(readFileSync(0, 'utf8').trim())

async function gone(milliseconds: number): Promise<boolean> {
  for (let waited = 0; waited < milliseconds; waited += 50) {
    if (!isServerOf(cluster, pid)) return true
    await pause(50)
  }
  return false
}

function signal(name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // it ended in the meantime
  }
}

if (pid > 0 && isServerOf(cluster, pid)) {
  signal('SIGINT')
  if (!(await gone(20_000))) signal('SIGQUIT')
}
