/**
 * The whole suite: static checks, server tests on one throw-away PostgreSQL, React tests, browser journeys.
 * Arguments filter by path substring and leave the static checks out. The last line counts; the exit code is 0 only if all passed.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { startEmbedded } from '#platform/db/server/embedded/embedded.ts'
import { throwAway } from '#test/database.ts'
import { runChecks } from './check.ts'
import { filesBelow, root } from './files.ts'

/** Tests of the pages run in vitest, with or without JSX in them. */
const isPageTest = (path: string): boolean => path.endsWith('.test.tsx') || /^(?:ui|web|mobile)\/.*\.test\.ts$/.test(path)

type Count = { passed: number; failed: number; skipped: number }

const filters = process.argv.slice(2)
const chosen = filesBelow(root).filter((path) => filters.length === 0 || filters.some((filter) => path.includes(filter)))
// Tests make the server complain on purpose.
const log = { debug: () => undefined, info: console.log, warn: () => undefined, error: console.error }

/** Runs `node:test` files in processes of their own; cancelled tests, crashed files and files that never end count as failed. */
async function nodeTests(files: string[], concurrency: number): Promise<Count> {
  const count: Count = { passed: 0, failed: 0, skipped: 0 }
  if (files.length === 0) return count
  const events = run({ files: files.map((path) => join(root, path)), concurrency, timeout: 300_000, cwd: root })
  events.on('test:summary', ({ file, counts }) => {
    if (file !== undefined) return
    count.passed = counts.passed
    count.skipped = counts.skipped + counts.todo
    count.failed = counts.tests - count.passed - count.skipped
  })
  for await (const text of events.compose(spec)) process.stdout.write(String(text))
  return count
}

function reactTests(files: string[]): Count {
  if (files.length === 0) return { passed: 0, failed: 0, skipped: 0 }
  const folder = mkdtempSync(join(tmpdir(), 'chengming-vitest-'))
  const report = join(folder, 'report.json')
  const done = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...files],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  )
  const found = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>) : {}
  rmSync(folder, { recursive: true })
  const failed = found['numFailedTests'] ?? 0
  return { passed: found['numPassedTests'] ?? 0, failed: done.status === 0 ? failed : Math.max(1, failed), skipped: found['numPendingTests'] ?? 0 }
}

async function browserTests(files: string[]): Promise<Count> {
  if (files.length === 0) return { passed: 0, failed: 0, skipped: 0 }
  const built = spawnSync(process.execPath, [join(root, 'tools/build.ts'), '--if-changed'], { cwd: root, stdio: 'inherit' })
  return built.status === 0 ? nodeTests(files, 1) : { passed: 0, failed: 1, skipped: 0 }
}

async function staticChecks(): Promise<Count> {
  if (filters.length > 0) return { passed: 0, failed: 0, skipped: 0 }
  const results = await runChecks()
  return { passed: results.filter(({ ok }) => ok).length, failed: results.filter(({ ok }) => !ok).length, skipped: 0 }
}

/** One server for the run, unless the caller brings one. */
async function withDatabase(job: () => Promise<void>): Promise<void> {
  if (process.env['TEST_DATABASE_URL']) return job()
  const dataDir = mkdtempSync(join(tmpdir(), 'chengming-run-'))
  const server = await startEmbedded({ dataDir, log, settings: throwAway })
  process.env['TEST_DATABASE_URL'] = server.url
  try {
    await job()
  } finally {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const counts: Count[] = [await staticChecks()]
try {
  await withDatabase(async () => {
    counts.push(await nodeTests(chosen.filter((path) => path.endsWith('.test.ts') && !isPageTest(path)), 2))
    counts.push(reactTests(chosen.filter(isPageTest)))
    counts.push(await browserTests(chosen.filter((path) => path.endsWith('.e2e.ts'))))
  })
} catch (error) {
  console.error(error)
  counts.push({ passed: 0, failed: 1, skipped: 0 })
}
const sum = (key: keyof Count): number => counts.reduce((total, count) => total + count[key], 0)
const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')]
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
