/** `npm run cli -- <command>`: administration of an installation, whether its server runs or not. */
import pino from 'pino'
import { loadSettings } from '#platform/config/server/settings.ts'
import { runCli } from './cli/run.ts'
import { explain } from './explain.ts'

const ROOT = new URL('..', import.meta.url).pathname

/** Options that a command does not know. */
const isUsage = (error: unknown): error is Error => error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')

try {
  await runCli(process.argv.slice(2), {
    settings: () => loadSettings(ROOT),
    log: pino({ level: process.env['LOG_LEVEL'] ?? 'error' }, pino.destination(2)),
    say: (line) => void process.stdout.write(`${line}\n`),
    note: (line) => void process.stderr.write(`${line}\n`),
  })
} catch (error) {
  process.stderr.write(`${isUsage(error) ? `参数有误：${error.message}` : explain(error)}\n`)
  process.exitCode = 1
}
