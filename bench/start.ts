/** From the command to the line that tells the address: first start with the demonstration district, later ones, and one after `kill -9`. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { report } from './harness.ts'

const root = join(import.meta.dirname, '..')
const dataDir = mkdtempSync(join(tmpdir(), 'chengming-bench-start-'))

/** Mail ports off, so that another installation may run beside. */
const PORTS = Object.fromEntries(['SMTP', 'SUBMISSION', 'SMTPS', 'IMAP', 'IMAPS', 'POP3', 'POP3S'].map((name) => [`${name}_PORT`, '0']))

async function started(): Promise<{ child: ChildProcess; seconds: number }> {
  const begin = performance.now()
  const env = { ...process.env, ...PORTS, PORT: process.env['PORT'] ?? '8108', DATA_DIR: dataDir, NODE_COMPILE_CACHE: join(root, '.cache/node'), LOG_LEVEL: 'error' }
  const child = spawn(process.execPath, [join(root, 'apps/server.ts')], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env })
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('承明已启动')) return { child, seconds: Number(((performance.now() - begin) / 1000).toFixed(2)) }
  }
  throw new Error('it did not start')
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number> {
  const begin = performance.now()
  const exit = once(child, 'exit')
  child.kill(signal)
  await exit
  return Number(((performance.now() - begin) / 1000).toFixed(2))
}

const rows: object[] = []
for (const [what, signal] of [['first start, demonstration district', 'SIGTERM'], ['second start', 'SIGTERM'], ['third start', 'SIGKILL'], ['start after kill -9', 'SIGTERM']] as const) {
  const { child, seconds } = await started()
  rows.push({ what, seconds, 'end, seconds': await ended(child, signal), by: signal })
}
report('start', rows)
rmSync(dataDir, { recursive: true, force: true })
process.exit(0)
