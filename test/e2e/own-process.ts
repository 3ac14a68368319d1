import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { Client } from 'pg'
import type { Browser } from 'playwright-core'
import { eventually, freePort } from '../hostile/program.ts'
import { launchBrowser } from './browser.ts'

export interface OwnProcess {
  readonly address: string
  readonly browser: Browser
  /** Asks the running database. */
  rows<T extends object>(text: string, values: readonly unknown[]): Promise<T[]>
  /** Kills the program without a word, sees that its database goes too, and starts it again on the same data folder and address. */
  crash(): Promise<void>
  close(): Promise<void>
}

type Child = ChildProcessByStdio<null, Readable, null>

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function launch(dataDir: string, port: number, time: string): Promise<{ child: Child; url: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'district-program.ts'), dataDir, String(port), time], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [url] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(() => assert.fail('the program ended'))])) as [Buffer]
  return { child, url: url.toString().trim() }
}

/** The demonstration district served by a process of its own with its embedded database, and a browser to visit it; `time` stands still. */
export async function openOwnProcess(time: string): Promise<OwnProcess> {
  execFileSync(process.execPath, ['tools/build.ts', '--if-changed'], { cwd: join(import.meta.dirname, '../..') })
  const dataDir = mkdtempSync(join(tmpdir(), 'chengming-e2e-'))
  const port = await freePort()
  let running = await launch(dataDir, port, time)
  const postmaster = (): number => Number(readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0])
  const kill = async (): Promise<void> => {
    const database = postmaster()
    running.child.kill('SIGKILL')
    await once(running.child, 'exit')
    assert.equal(await eventually(async () => isAlive(database), (alive) => !alive), false, 'the database outlives its program')
  }
  const browser = await launchBrowser()
  return {
    browser,
    address: `http://127.0.0.1:${port}`,
    async rows<T extends object>(text: string, values: readonly unknown[]) {
      const client = new Client({ connectionString: running.url })
      await client.connect()
      const { rows } = await client.query<T>(text, [...values])
      await client.end()
      return rows
    },
    async crash() {
      await kill()
      running = await launch(dataDir, port, time)
    },
    async close() {
      await browser.close()
      await kill()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
