/** `npm run seed -- …`: a larger demonstration district, for trying things out and for benchmarks. */
import { parseArgs } from 'node:util'
import pino from 'pino'
import { sql } from 'kysely'
import { createDataFolder, demoPassword } from '#platform/config/server/data-folder.ts'
import { loadSettings } from '#platform/config/server/settings.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { openRuntime } from './boot.ts'
import { openDatabaseServer } from './database-server.ts'
import { OperatorError, explain } from './explain.ts'
import { seedPeople } from './seed/people.ts'
import { seedRecords } from './seed/records.ts'
import { services } from './services.ts'

const ROOT = new URL('..', import.meta.url).pathname
const MOST_PEOPLE = 100_000
const MOST_RECORDS = 10_000_000

const HELP = `用法：npm run seed -- [--people 人数] [--records 条数] [--entity 记录类别]

  --people 10000      把演示区扩充到这么多人（含已有的人；账号密码与演示账号相同）
  --records 1000000   写入这么多条记录，连同可见范围和待办、已办（可重复执行，接着写）
  --entity 类别       写哪一类记录，例如 leave_request；省略时为第一类
  --help              显示本说明

写入的记录没有办理流程：可以列表、查找、打开，不能办理。请只用于演示和压力测试的数据文件夹（DATA_DIR）。`

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** Tells progress on one line of a terminal, else now and then. */
function reporter(): (what: string, done: number, all: number) => void {
  let last = 0
  return (what, done, all) => {
    const now = performance.now()
    if (done < all && now - last < 2_000) return
    last = now
    say(`  ${what}：${done} / ${all}`)
  }
}

function count(text: string | undefined, name: string, most: number): number {
  const value = Number(text ?? 0)
  if (!Number.isInteger(value) || value < 0 || value > most) throw new OperatorError(`--${name} 须为 0 到 ${most} 的整数。`)
  return value
}

function entityName(runtime: Runtime, wanted: string | undefined): string {
  const names = runtime.registry.modules.flatMap(({ definition }) => definition.entities.map(({ name }) => name))
  const name = wanted ?? names[0]
  if (name === undefined || !names.includes(name)) throw new OperatorError(`没有记录类别「${wanted ?? ''}」，可用的有：${names.join('、') || '（无）'}。`)
  return name
}

async function seed(runtime: Runtime, people: number, records: number, entity: string | undefined, password: string): Promise<void> {
  const start = performance.now()
  const report = reporter()
  if (people > 0) say(`已增加 ${await seedPeople(runtime, people, password, (done, all) => report('人员', done, all))} 人。`)
  if (records > 0) {
    const name = entityName(runtime, entity)
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(name)} where number like '数〔%'`.execute(runtime.db)
    await seedRecords(runtime, name, records, rows[0]?.n ?? 0, report)
    say(`已写入 ${records} 条 ${name}。`)
  }
  say(`用时 ${((performance.now() - start) / 1000).toFixed(1)} 秒。`)
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { people: { type: 'string' }, records: { type: 'string' }, entity: { type: 'string' }, help: { type: 'boolean' } } })
  const [people, records] = [count(values.people, 'people', MOST_PEOPLE), count(values.records, 'records', MOST_RECORDS)]
  if (values.help === true || people + records === 0) return say(HELP)
  const settings = loadSettings(ROOT)
  createDataFolder(settings.dataDir)
  const log = pino({ level: 'error' }, pino.destination(2))
  const database = await openDatabaseServer({ settings, log, say, onLost: () => say('数据库意外退出。') })
  const runtime = await openRuntime({ databaseUrl: database.url, settings, log, connections: 4 })
  try {
    await seed(runtime, people, records, values.entity, demoPassword(settings.dataDir, settings.demoPassword).password)
  } finally {
    for (const service of services.toReversed()) await service.stop?.(runtime)
    await runtime.database.close()
    await database.stop()
  }
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${explain(error)}\n`)
  process.exitCode = 1
}
