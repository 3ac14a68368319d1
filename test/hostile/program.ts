/** The program itself, started as an operator starts it, for tests of what may go wrong around it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const root = join(import.meta.dirname, '../..')

const MAIL_OFF = Object.fromEntries(['SMTP', 'SUBMISSION', 'SMTPS', 'IMAP', 'IMAPS', 'POP3', 'POP3S'].map((name) => [`${name}_PORT`, '0']))

export interface Program {
  readonly address: string
  /** Everything it wrote so far. */
  readonly output: () => string
  /** Settles with the exit code when it is gone for whatever reason. */
  readonly ended: Promise<number | null>
  /** Ends it in order; answers the exit code. */
  stop(): Promise<number | null>
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  probe.listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  return port
}

/** Starts the program; answers when it serves, or, when it gives up, what it said. */
export async function start(settings: Readonly<Record<string, string>>): Promise<Program | { readonly refused: string; readonly code: number | null }> {
  const port = settings['PORT'] ?? String(await freePort())
  const child = spawn(process.execPath, [join(root, 'apps/server.ts')], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'], ...MAIL_OFF, LOG_LEVEL: 'fatal', ...settings, PORT: port } })
  let output = ''
  const ready = Promise.withResolvers<void>()
  const hear = (data: Buffer): void => {
    output += data.toString()
    if (output.includes('承明已启动')) ready.resolve()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const exit = once(child, 'close') as Promise<[number | null]>
  const ended = await Promise.race([ready.promise, exit])
  if (ended !== undefined) return { refused: output, code: ended[0] }
  return {
    address: `http://127.0.0.1:${port}`,
    output: () => output,
    ended: exit.then(([code]) => code),
    async stop() {
      child.kill('SIGTERM')
      return (await exit)[0]
    },
  }
}

/** Starts it and insists that it serves. */
export async function serving(settings: Readonly<Record<string, string>>): Promise<Program> {
  const started = await start(settings)
  if ('refused' in started) throw new Error(started.refused)
  return started
}

const PATIENCE_MS = 20_000

/** Asks again until the answer is as wanted: for what comes right by itself in a time nobody promises. */
export async function eventually<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  const begin = performance.now()
  for (;;) {
    const answer = await ask()
    if (wanted(answer) || performance.now() - begin > PATIENCE_MS) return answer
    await pause(100)
  }
}
