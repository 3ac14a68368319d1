/** What all benchmarks share: a server with a large world in a process of its own, percentiles, and the result file. */
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export const PASSWORD = 'Changning-Bench-2026'
export const PEOPLE = Number(process.env['BENCH_PEOPLE'] ?? 10_000)
export const RECORDS = Number(process.env['BENCH_RECORDS'] ?? 1_000_000)
/** Place in the world's accounts of the clerk who sees only old records. */
export const OLD_ROWS_PLACE = -2

export interface Measured {
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

const rounded = (value: number): number => Number(value.toFixed(2))

/** Milliseconds in ascending places. */
export function percentiles(times: readonly number[]): Measured {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number): number => rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

/** Runs `work` until the count is reached, so many at once; answers each run's time and the whole. */
export async function hammer(count: number, atOnce: number, work: (index: number) => Promise<void>): Promise<{ times: number[]; seconds: number }> {
  const times: number[] = []
  let next = 0
  const begin = performance.now()
  const worker = async (): Promise<void> => {
    while (next < count) {
      const index = next
      next += 1
      const start = performance.now()
      await work(index)
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return { times, seconds: (performance.now() - begin) / 1000 }
}

export interface BenchServer {
  readonly address: string
  readonly pid: number
  stop(): Promise<void>
}

/** The whole application on the large world, made at first use and kept in `.cache/bench`. */
export async function startServer(): Promise<BenchServer> {
  const child = spawn(process.execPath, ['--expose-gc', join(import.meta.dirname, 'serve.ts'), String(PEOPLE), String(RECORDS)], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /^listening (\S+)$/.exec(line)?.[1]
    if (address === undefined) console.log(line)
    else return { address, pid: child.pid ?? 0, stop: () => { child.kill('SIGTERM'); return ended } }
  }
  throw new Error('the server of the benchmark did not start')
}

/** Signs in and answers the cookie. */
export async function signIn(address: string, login: string): Promise<string> {
  const answer = await fetch(`${address}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ login, password: PASSWORD }) })
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`${login}: ${answer.status} ${text}`)
  return /cm_session=[^;]*/.exec(answer.headers.get('set-cookie') ?? '')?.[0] ?? ''
}

const begun = loadavg()[0] ?? 0

/** Prints the table and writes `bench/results/<name>.json`, with what else the machine was doing. */
export function report(name: string, rows: readonly object[], facts: Readonly<Record<string, unknown>> = {}): void {
  const machine = { cores: availableParallelism(), memoryGiB: Math.round(totalmem() / 2 ** 30), loadBefore: rounded(begun), loadAfter: rounded(loadavg()[0] ?? 0) }
  console.table(rows)
  console.log({ ...facts, machine })
  if (machine.loadBefore > machine.cores / 2) console.log('The machine was busy with other work: times are upper bounds.')
  mkdirSync(join(import.meta.dirname, 'results'), { recursive: true })
  writeFileSync(join(import.meta.dirname, `results/${name}.json`), `${JSON.stringify({ at: new Date().toISOString(), machine, ...facts, rows }, null, 2)}\n`)
}
