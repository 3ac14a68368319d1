import { allMigrations, migrate as migrateDatabase } from '#platform/db/server/migrate.ts'
import type { Command } from './command.ts'

export const migrate: Command = {
  name: 'migrate',
  usage: '',
  title: '把数据库升级到本程序的版本（启动时也会自动进行）',
  async run({ databaseUrl, say }) {
    const count = await migrateDatabase(databaseUrl, allMigrations())
    say(count === 0 ? '数据库已是最新。' : `已执行 ${count} 个升级步骤。`)
  },
}
