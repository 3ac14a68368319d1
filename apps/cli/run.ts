import type { Logger } from 'pino'
import type { Settings } from '#platform/config/contract.ts'
import { createDataFolder } from '#platform/config/server/data-folder.ts'
import { openRuntime } from '../boot.ts'
import { openDatabaseServer } from '../database-server.ts'
import { OperatorError } from '../explain.ts'
import { services } from '../services.ts'
import { adminsCreate } from './admins-create.ts'
import { auditVerify } from './audit-verify.ts'
import { backup } from './backup.ts'
import type { Command, Installation } from './command.ts'
import { history } from './history.ts'
import { mailExport, mailImport, mailMigrate } from './mail-archive.ts'
import { mailGc, mailRepair, mailVerify } from './mail-verify.ts'
import { migrate } from './migrate.ts'
import { restore } from './restore.ts'
import { userList } from './user-list.ts'
import { userReset } from './user-reset.ts'

const COMMANDS: readonly Command[] = [adminsCreate, userList, userReset, backup, restore, auditVerify, mailVerify, mailRepair, mailGc, mailExport, mailImport, mailMigrate, history, migrate]

const CONNECTIONS = 4

const line = ({ name, usage, title }: Command): string => `  ${`${name} ${usage}`.trim()}\n      ${title}`

const overview = (): string => ['用法：npm run cli -- <命令> [参数]', '', ...COMMANDS.map(line), '  help [命令]\n      显示说明', '', '服务运行或停止时都可以使用；设置与服务相同（环境变量或 .env）。'].join('\n')

/** The command whose words begin the arguments, and what follows them. */
function find(args: readonly string[]): { command: Command; rest: readonly string[] } | undefined {
  const command = COMMANDS.find(({ name }) => name.split(' ').every((word, index) => args[index] === word))
  return command === undefined ? undefined : { command, rest: args.slice(command.name.split(' ').length) }
}

function helpFor(args: readonly string[]): string {
  const found = find(args)
  return found === undefined ? overview() : [line(found.command), ...(found.command.detail ?? []).map((text) => `      ${text}`)].join('\n')
}

async function withRuntime<T>({ databaseUrl, settings, log }: Pick<Installation, 'databaseUrl' | 'settings' | 'log'>, work: Parameters<Installation['withRuntime']>[0]): Promise<T> {
  const runtime = await openRuntime({ databaseUrl, settings, log, connections: CONNECTIONS })
  try {
    return (await work(runtime)) as T
  } finally {
    for (const service of services.toReversed()) await service.stop?.(runtime)
    await runtime.database.close()
  }
}

export interface CliOptions {
  readonly settings: () => Settings
  readonly log: Logger
  readonly say: (line: string) => void
  /** Progress that must not mix with the answer. */
  readonly note: (line: string) => void
}

/** Runs one command. Throws what `explain` puts into words. */
export async function runCli(args: readonly string[], { settings: load, log, say, note }: CliOptions): Promise<void> {
  const [first, ...others] = args
  if (first === undefined || first === 'help' || args.includes('--help')) return say(helpFor(first === 'help' ? others : args))
  const found = find(args) ?? fault(args)
  const settings = load()
  createDataFolder(settings.dataDir)
  const database = await openDatabaseServer({ settings, log, say: note, onLost: () => note('数据库意外退出。') })
  try {
    const parts = { settings, databaseUrl: database.url, log }
    await found.command.run({ ...parts, say, withRuntime: (work) => withRuntime(parts, work) }, found.rest)
  } finally {
    await database.stop()
  }
}

function fault(args: readonly string[]): never {
  throw new OperatorError(`没有命令「${args.join(' ')}」。\n${overview()}`)
}
